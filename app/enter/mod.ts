/** What a link and its keys say about the way into a room. */
export { type JoinLink, readJoinLink } from "./join_link.ts";
export { type LinkTrouble, linkTrouble, takeKeys } from "./link_fragment.ts";
export { JoinTiming } from "./join_timing.ts";
