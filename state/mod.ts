export type {
  ChatAddress,
  DeviceList,
  LeftReason,
  LinkFailure,
  LinkState,
  MediaFailure,
  SessionState,
  Slot,
  Source,
  SourceState,
} from "../mesh/mod.ts";
export * from "./call.ts";
export * from "./chat_store.ts";
export * from "./entry.ts";
export * from "./i18n/mod.ts";
export * from "./media_store.ts";
export * from "./page.ts";
export * from "./preferences.ts";
export * from "./room_names.ts";
export * from "./room_store.ts";
export * from "./speaking.ts";
