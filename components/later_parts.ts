/** What is not needed to see and hear each other; loaded apart, by later.ts. */
import "./shared.ts";
export { ChatPanel } from "./ChatPanel.tsx";
export { DeviceMenu } from "./DeviceMenu.tsx";
export { EndPage } from "./EndPage.tsx";
export { FailedLink } from "./FailedLink.tsx";
export { FileDrop } from "./Files.tsx";
export { Invitation } from "./Invitation.tsx";
export { InviteKey } from "./InviteKey.tsx";
export { brokenPairs, LinksKey } from "./LinksKey.tsx";
export { PathChip } from "./PathChip.tsx";
export { PhoneMute } from "./PhoneMute.tsx";
export { Popover } from "./Popover.tsx";
export { ReconnectingLink } from "./ReconnectingLink.tsx";
export { SidePanels } from "./SidePanels.tsx";
export { explain } from "./trouble.ts";
export { Troubles } from "./Troubles.tsx";
