/** The owners of a room, its rules, and who waits at the door. */
export { OwnersStore } from "./owners_store.ts";
