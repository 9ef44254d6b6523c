/** What is not needed to see and hear each other; loaded apart, by later.ts. */
export { DeviceMenu } from "./DeviceMenu.tsx";
export { EndPage } from "./EndPage.tsx";
export { PeoplePanel } from "./PeoplePanel.tsx";
export { explain } from "./trouble.ts";
