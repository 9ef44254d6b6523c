/** What a link and its keys say about the way into a room. */
export { type Entry, entryFrom } from "./join_link.ts";
export { KeyRing, type Keys, takeKeys } from "./key_ring.ts";
export { WayIn } from "./join_timing.ts";
