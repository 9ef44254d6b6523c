/** Who is in the room and what they show, as signals. */
export {
  type Events,
  type PeerView,
  type RoomEvents,
  RoomStore,
  type SeenReport,
} from "./room_store.ts";
