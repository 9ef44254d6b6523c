/** What recording loads late: nothing of it is in a call that nobody records. */

/** With the first recording that is asked for, or that a former page has left. */
export const loadRecording = () => import("./extra.tsx");
