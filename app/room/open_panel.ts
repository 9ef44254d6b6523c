import type { Call } from "../call/mod.ts";

/** Which panel lies beside the stage. */
export type OpenPanel = "none" | "chat" | "people" | "links" | "invite";

/** What the bar's keys show and do; `selfId`: own peer id. */
export interface BarKeysProps {
  readonly call: Call;
  readonly room: string;
  readonly link: string;
  readonly selfId: string;
  readonly panel: OpenPanel;
  readonly onPanel: (panel: Exclude<OpenPanel, "none">) => void;
}
