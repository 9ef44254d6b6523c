/** What other features draw of hands, reactions and shared screens. */
export { HandChip } from "./HandChip.tsx";
export { HandKey } from "./HandKey.tsx";
export type { OwnShareProps } from "./OwnShare.tsx";
export { ReactionRow, ReactKey } from "./ReactKey.tsx";
export { ReactionsOver } from "./ReactionsOver.tsx";
export { canShare, ShareKey } from "./ShareKey.tsx";
export { TalkHints } from "./TalkHints.tsx";
export { handOrder } from "./hand_order.ts";
export { TalkPill } from "./TalkPill.tsx";
