/** How a person comes into a room: the shapes that its page and the island share. */
import type { Call } from "../call/mod.ts";
import type { PreferenceBook } from "../ui/preferences.ts";
import type { Wish } from "../devices/mod.ts";

/** What a person comes for: to be heard or at least to listen, or only to write. */
export type Purpose = "talk" | "write";

/** How a person comes in. */
export interface Entrance {
  readonly name: string;
  readonly wish: Wish;
  /** As in Entering. */
  readonly from?: "link" | "before";
  readonly purpose: Purpose;
}

/** `call` is undefined on the server and until the browser has made it. */
export interface EnteringPageProps {
  readonly room: string;
  readonly call: Call | undefined;
  readonly book: PreferenceBook;
  readonly joinsAtOnce: boolean;
  readonly onJoin: (entrance: Entrance) => void;
}
