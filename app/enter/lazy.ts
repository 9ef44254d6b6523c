/** What the way into a room loads late. */

/** The choices before joining; a link that joins at once needs none. */
export const loadBeforeJoining = () => import("./BeforeJoining.tsx");

/** For a person who waits for an owner's answer. */
export const loadWaiting = () => import("./Waiting.tsx");

/** If the room wants a password. */
export const loadPasswordPage = () => import("./PasswordPage.tsx");

/** Before it is needed: later there may be no network. */
export const loadJoiningHelp = () => import("./JoiningHelp.tsx");

/** Who is in the room, on the page before joining; the own picture comes first. */
export const loadEnteringInside = () => import("./EnteringInside.tsx");

/** If the link cannot be used here. */
export const loadLinkTrouble = () => import("./LinkTroublePage.tsx");
