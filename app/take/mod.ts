/** Taking a call over from another device. */
import type { TakeOptions } from "./take_store.ts";
export type { TakeStore } from "./take_store.ts";

/** What the page gives. `url`: the WebSocket address of the room. */
export interface TakePlace extends Pick<TakeOptions, "room" | "signal"> {
  readonly url: string;
}
