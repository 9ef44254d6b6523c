/** Names of new rooms, and links that were pasted. */
export { pastedLine, readPasted } from "./pasted.ts";
export { randomRoomName } from "./room_names.ts";
