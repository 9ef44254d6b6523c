/** What features and islands share: the stores of a call, the catalogue and the page. */
export type {
  ChatAddress,
  DeviceList,
  LeftReason,
  LinkFailure,
  LinkState,
  MediaFailure,
  Rank,
  SessionState,
  Shown,
  Slot,
  Source,
  SourceState,
  Want,
} from "../mesh/mod.ts";
export type { FileFailure, Transfer, TransferState } from "../mesh/files/mod.ts";
export * from "./room/call.ts";
export * from "./chat/chat_store.ts";
export * from "./enter/entry.ts";
export { type Files } from "./files/files.ts";
export {
  type FileCard,
  type FileNews,
  type FileRow,
  type FilesStore,
  type Unusable,
} from "./files/files_store.ts";
export * from "./ui/words/mod.ts";
export { IntentMemory, type Recalled, tabStorage, type Wish } from "./devices/intent.ts";
export { KeyRing, type Keys, keysIn, takeKeys } from "./enter/key_ring.ts";
export * from "./devices/media_store.ts";
export { OwnersStore } from "./people/owners_store.ts";
export * from "./ui/page.ts";
export * from "./home/pasted.ts";
export * from "./ui/preferences.ts";
export * from "./home/room_names.ts";
export * from "./room/room_store.ts";
export { type ShownReaction } from "./talk/reactions.ts";
export * from "./stage/speaking.ts";
export { type Talk } from "./talk/talk.ts";
export { type Stages } from "./enter/way_in.ts";
