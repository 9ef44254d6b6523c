/** How a person joins: the shapes that the page before joining and the island share. */
import type { Call } from "../call/mod.ts";
import type { PreferenceBook } from "../ui/preferences.ts";
import type { Wish } from "../devices/mod.ts";

/** Why a person joins: to talk or listen, or only to write. */
export type Purpose = "talk" | "write";

/** How a person joins. */
export interface JoinChoices {
  readonly name: string;
  readonly wish: Wish;
  /** As in JoinOptions. */
  readonly from?: "link" | "before";
  readonly purpose: Purpose;
}

/** `call` is undefined on the server and until the browser has created it. */
export interface EnteringPageProps {
  readonly room: string;
  readonly call: Call | undefined;
  readonly book: PreferenceBook;
  readonly joinsAtOnce: boolean;
  readonly onJoin: (choices: JoinChoices) => void;
}
