/** Moving the call to another device. */
import type { MoveOptions } from "./move_store.ts";
export type { MoveStore } from "./move_store.ts";

/** What the page gives the moves of a call. */
export type MovePageFacts = Pick<MoveOptions, "after" | "signal">;
