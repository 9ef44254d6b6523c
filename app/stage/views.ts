/** What the room draws of its stage. */
export { Stage } from "./Stage.tsx";
export { StageLayer, ViewKeys } from "./StageLayer.tsx";
export { PeerChips, ScreenExtras, SelfChips } from "./TileChips.tsx";
export { Voices } from "./Voices.tsx";
export type { Seat } from "./arrangement.ts";
export { toggleRoomFull } from "./fullscreen.ts";
export type { StageSlots } from "./slots.ts";
export { viewOf } from "./view_store.ts";
