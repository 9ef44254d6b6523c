import type { Call } from "../call/mod.ts";

/** The panel beside the stage. */
export type OpenPanel = "none" | "chat" | "people" | "links" | "invite";

/** The state and actions of the bar's keys; `selfId`: own peer id. */
export interface BarKeysProps {
  readonly call: Call;
  readonly room: string;
  readonly link: string;
  readonly selfId: string;
  readonly panel: OpenPanel;
  readonly onPanel: (panel: Exclude<OpenPanel, "none">) => void;
}
