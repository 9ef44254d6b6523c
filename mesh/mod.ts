export * from "./clock.ts";
export * from "./environment.ts";
export * from "./events.ts";
export * from "./level_meter.ts";
export * from "./local_media.ts";
export * from "./room_session.ts";
