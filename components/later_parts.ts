/** What is not needed to see and hear each other; loaded apart, by later.ts. */
import "./shared.ts";
export { BarPanels, BarRoom, BarTools } from "./BarParts.tsx";
export { ChatPanel } from "./ChatPanel.tsx";
export { Courtesies } from "./Courtesies.tsx";
export { DeviceMenu } from "./DeviceMenu.tsx";
export { EndPage } from "./EndPage.tsx";
export { FailedLink } from "./FailedLink.tsx";
export { FileDrop } from "./Files.tsx";
export { Invitation } from "./Invitation.tsx";
export { LinksPanel } from "./LinksPanel.tsx";
export { PathChip } from "./PathChip.tsx";
export { PeoplePanel } from "./PeoplePanel.tsx";
export { PhoneHeader } from "./PhoneHeader.tsx";
export { PhoneMute } from "./PhoneMute.tsx";
export { ReconnectingLink } from "./ReconnectingLink.tsx";
export { explain } from "./trouble.ts";
export { Toasts } from "./Toasts.tsx";
