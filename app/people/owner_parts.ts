/** What only owners need; loaded for whoever becomes one. */
import "../ui/shared.ts";
export { InviteLinks } from "./InviteLinks.tsx";
export { KnockList, Knocks } from "./Knocks.tsx";
export { PersonMenu } from "./PersonMenu.tsx";
export { RoomRules } from "./RoomRules.tsx";
