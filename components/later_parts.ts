/** What is not needed to see and hear each other; loaded apart, by later.ts. */
import "./shared.ts";
export { Announcer } from "./Announcer.tsx";
export { ChatPanel } from "./ChatPanel.tsx";
export { DeviceMenu } from "./DeviceMenu.tsx";
export { EndPage } from "./EndPage.tsx";
export { FileDrop } from "./Files.tsx";
export { Invitation } from "./Invitation.tsx";
export { PeoplePanel } from "./PeoplePanel.tsx";
export { explain } from "./trouble.ts";
