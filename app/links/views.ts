/** What other features draw of links. */
export { callPairs, pairWith } from "./call_pairs.ts";
export { LinkOverlay } from "./LinkOverlay.tsx";
export { linkState } from "./link_figures.ts";
export { brokenPairs, LinksKey } from "./LinksKey.tsx";
export type { LinkPair } from "./link_pairs.ts";
export { LinksPanel } from "./LinksPanel.tsx";
export { PathChip } from "./PathChip.tsx";
