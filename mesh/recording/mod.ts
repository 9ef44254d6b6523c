export { safeFileName } from "../files/file_name.ts";
export { canRecord, diskFailure, type RecordingFolder } from "./recording_disk.ts";
export type { GuestState, RecordingGuest } from "./recording_guest.ts";
export type { HostedPerson, HostState, RecordingHost } from "./recording_host.ts";
export {
  chatFile,
  chatFiles,
  dropMadeFiles,
  readTracks,
  type RecordedTrack,
} from "./recorded_track.ts";
export type { RecordingRoom } from "./recording_parts.ts";
export { type RecordingEvent, Recordings } from "./recordings.ts";
export { loadAssembly } from "./late_assembly.ts";
