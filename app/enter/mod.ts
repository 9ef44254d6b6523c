/** What a link and its keys say about the way into a room. */
export { type JoinLink, readJoinLink } from "./join_link.ts";
export { KeyRing, type Keys, takeKeys } from "./key_ring.ts";
export { JoinTiming } from "./join_timing.ts";
