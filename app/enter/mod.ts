/** What a link and its keys say about the way into a room. */
export { type JoinLink, readJoinLink } from "./join_link.ts";
export type { LinkTrouble } from "./link_fragment.ts";
export { readLaterLink, readLink } from "./read_link.ts";
export { JoinTiming } from "./join_timing.ts";
