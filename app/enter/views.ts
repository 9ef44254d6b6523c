/** What other features draw of the way in. */
export type { JoiningHelpProps } from "./JoiningHelp.tsx";
export { EnteringHeader, EnteringPage, Joining } from "./EnteringPage.tsx";
export { JoinTimes } from "./JoinTimes.tsx";
export type { JoinChoices, Purpose } from "./join_choices.ts";
