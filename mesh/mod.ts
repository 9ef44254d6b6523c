export { atRoom } from "../protocol/mod.ts";
export * from "./clock.ts";
export { type DeviceChoice, type Process, type SourceState } from "./media/device_source.ts";
export { subscribeTo } from "./emitter.ts";
export * from "./environment.ts";
export * from "./platform.ts";
export * from "./events.ts";
export { type RawChannel } from "./link/raw_channel.ts";
export * from "./late_import.ts";
export * from "./media/levels.ts";
export * from "./media/local_media.ts";
export { capture, type DeviceAccess, type MediaFailure } from "./media/media_failure.ts";
export { openMicrophone, type PeakMeter, watchPeak } from "./media/microphone_check.ts";
export { deviceOf } from "./processing/device_track.ts";
export { ScreenSource } from "./media/screen.ts";
export { PictureProcess } from "./processing/picture/picture_process.ts";
export type { Blur, StopReason, Treatment, Turn } from "./processing/picture/treatment.ts";
export { efficientCodecs } from "./quality/codecs.ts";
export {
  browserFacts,
  type CheckFacts,
  checkMeeting,
  checkStun,
  type MeetingFinding,
  relaysOf,
  type ServerFinding,
  type StunFinding,
  stunServersOf,
  visitServer,
} from "./self_check.ts";
export { openNames } from "./sealing/late_names.ts";
export type { SealedPerson } from "./sealing/names.ts";
export { newSecret } from "./sealing/new_secret.ts";
export { isSecret, sealsHere } from "./sealing/secret.ts";
export type { ChatAddress } from "./signaling/room_chat.ts";
export type { Credentials, Permission } from "./signaling/room_owners.ts";
export type { Rank, Shown, Want } from "./link/peer_message.ts";
export * from "./session.ts";
export { type KeptVisit, type TabMemory } from "./signaling/tab_memory.ts";
