export * from "./clock.ts";
export { type DeviceChoice, type SourceState } from "./device_source.ts";
export * from "./environment.ts";
export * from "./events.ts";
export * from "./level_meter.ts";
export * from "./local_media.ts";
export { type DeviceAccess, type MediaFailure } from "./media_failure.ts";
export * from "./room_session.ts";
export { type TabMemory } from "./tab_memory.ts";
