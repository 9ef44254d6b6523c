/** What other features draw of links. */
export { LinkOverlay } from "./LinkOverlay.tsx";
export { brokenPairs, LinksKey } from "./LinksKey.tsx";
export { LinksPanel } from "./LinksPanel.tsx";
export { PathChip } from "./PathChip.tsx";
