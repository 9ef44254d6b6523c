/** What the doorbell loads late. */

/** With the settings of a room, for its owners. */
export const loadDoorbell = () => import("./doorbell_store.ts");
