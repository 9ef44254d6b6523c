/** What owners do to single people and lines, and the times of the room. */
export type { LastWord, OpenDialog, PowersStore, RightNews } from "./powers_store.ts";
