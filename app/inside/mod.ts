/** What is known of the people in a room before one joins it. */
export type { Inside, Insider, OtherLink, RoomLink } from "./inside.ts";
