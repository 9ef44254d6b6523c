/** What the doorbell loads with the settings of a room, for its owners. */

/** What it knows. */
export const loadDoorbell = () => import("./doorbell_store.ts");

/** The switch. */
export const loadSwitch = () => import("./DoorbellSwitch.tsx");
