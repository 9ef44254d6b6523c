/** The views that only owners need, in one module; see lazy.ts. */
export { InviteLinks } from "./InviteLinks.tsx";
export { KnockList, Knocks } from "./Knocks.tsx";
export { PersonMenu } from "./PersonMenu.tsx";
export { RoomRules } from "./RoomRules.tsx";
