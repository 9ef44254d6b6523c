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
export * from "./call.ts";
export * from "./chat_store.ts";
export * from "./entry.ts";
export { type Files } from "./files.ts";
export {
  type FileCard,
  type FileNews,
  type FileRow,
  type FilesStore,
  type Unusable,
} from "./files_store.ts";
export * from "./i18n/mod.ts";
export { IntentMemory, type Recalled, tabStorage, type Wish } from "./intent.ts";
export { KeyRing, type Keys, keysIn, takeKeys } from "./key_ring.ts";
export * from "./media_store.ts";
export { OwnersStore } from "./owners_store.ts";
export * from "./page.ts";
export * from "./pasted.ts";
export * from "./preferences.ts";
export * from "./room_names.ts";
export * from "./room_store.ts";
export { type ShownReaction } from "./reactions.ts";
export * from "./speaking.ts";
export { type Talk } from "./talk.ts";
export { type Stages } from "./way_in.ts";
