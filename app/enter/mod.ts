/** What a link and its keys say about the way into a room. */
export { type Entry, entryFrom } from "./entry.ts";
export { KeyRing, type Keys, takeKeys } from "./key_ring.ts";
export { WayIn } from "./way_in.ts";
