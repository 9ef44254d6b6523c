/** What the page draws of the room. */
export type { RoomProps } from "./Room.tsx";
