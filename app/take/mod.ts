/** Taking a call over from another device. */
export type { TakeStore } from "./take_store.ts";
