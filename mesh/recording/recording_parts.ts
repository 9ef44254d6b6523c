/** What both sides of a recording are made of; types only. */
import type { PeerId } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { Mesh } from "../mesh.ts";
import type { RoomSession } from "../session.ts";
import type { RecordingDisk } from "./recording_disk.ts";
import type { RecordingMessage } from "./recording_message.ts";
import type { TrackExchange, TrackRoom } from "./track_exchange.ts";
import type { CreateRecorder } from "./track_recorder.ts";

/** The parts of a session that recordings use. */
export interface RecordingRoom extends TrackRoom, Pick<RoomSession, "state"> {
  readonly links: TrackRoom["links"] & Pick<Mesh, "ownTrack" | "tell">;
  readonly presence: Pick<RoomSession["presence"], "name">;
}

/** What both sides need. */
export interface RecordingContext {
  readonly room: RecordingRoom;
  readonly clock: Clock;
  readonly disk: RecordingDisk;
  readonly exchange: Pick<TrackExchange, "send" | "cancel" | "end">;
  /** 32 hexadecimal digits. */
  readonly randomId: () => string;
  /** Own time, ms since the epoch, which never goes back. */
  readonly time: () => number;
  readonly createRecorder: CreateRecorder | undefined;
  readonly tell: (peerId: PeerId, message: RecordingMessage) => void;
  /** A folder was removed. */
  readonly dropped: () => void;
  /** Something that is shown has changed. */
  readonly changed: () => void;
}
