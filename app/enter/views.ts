/** What other features draw of the way in. */
export type { DoorHelpProps } from "./DoorHelp.tsx";
export { EnteringPage, Joining } from "./EnteringPage.tsx";
export { WayIn } from "./JoinTimes.tsx";
export type { Entrance, Purpose } from "./join_choices.ts";
