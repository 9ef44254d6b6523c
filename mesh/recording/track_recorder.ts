/**
 * Records one own track into a folder, piece by piece. Invariants:
 * 1 A piece is on the disk some seconds after it was recorded; a page that dies loses the last one.
 * 2 After the first failure nothing more is written.
 */
import type { Slot } from "../events.ts";
import { diskFailure, type RecordingFolder } from "./recording_disk.ts";
import { trackFileName, type TrackName } from "./track_names.ts";

/** Why a track ends early. */
export type TrackFailure = ReturnType<typeof diskFailure>;

/** What a track recorder needs. */
export interface TrackRecorderOptions {
  readonly track: MediaStreamTrack;
  readonly slot: Slot;
  readonly owner: string;
  readonly folder: Pick<RecordingFolder, "write">;
  /** The name of the person, as it is when the track begins. */
  readonly name: string;
  /** Own time, ms since the epoch, which never goes back. */
  readonly time: () => number;
  /** ms to add to the own time to get the recorder's; 0 until it is known. */
  readonly offset: () => number;
  readonly failed: (reason: TrackFailure) => void;
  /** Makes the encoder; by default the browser's. */
  readonly createRecorder?: CreateRecorder;
}

/** Makes a MediaRecorder of one track. */
export type CreateRecorder = (track: MediaStreamTrack) => MediaRecorder;

/**
 * The description of a track. `type`: MIME; `offset`: see TrackRecorderOptions; `lasted`: ms from
 * its begin to its end, 0 before the end. Pictures of a screen may be longer than their last frame.
 */
export interface TrackDescription {
  readonly name: string;
  readonly type: string;
  readonly offset: number;
  readonly lasted: number;
}

/** ms of one piece. */
export const pieceMs = 2_000;

/** Bits per second. A camera at its full size costs no more than a call does. */
const bits = { audio: 96_000, camera: 2_500_000, screen: 4_000_000 };

/** The first that the browser has; VP8 costs a slow machine least. */
const types = {
  audio: ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"],
  video: ["video/webm;codecs=vp8", "video/webm", "video/mp4"],
};

/** The browser's encoder for a track; a screen gets more bits than a camera. */
export function browserRecorder(track: MediaStreamTrack): MediaRecorder {
  const kind = track.kind === "audio" ? "audio" : "video";
  const isScreen = "displaySurface" in track.getSettings();
  return new MediaRecorder(new MediaStream([track]), {
    mimeType: types[kind].find((type) => MediaRecorder.isTypeSupported(type)),
    audioBitsPerSecond: bits.audio,
    videoBitsPerSecond: isScreen ? bits.screen : bits.camera,
  });
}

/** One run of one encoder. */
export class TrackRecorder {
  readonly #options: TrackRecorderOptions;
  readonly #recorder: MediaRecorder;
  readonly #stopped: Promise<void>;
  readonly #name: TrackName;
  #count = 0;
  #lasted = 0;
  /** The offset in the description that was written last, ms. */
  #described = NaN;
  #writes: Promise<void> = Promise.resolve();
  #isFailed = false;

  constructor(options: TrackRecorderOptions) {
    this.#options = options;
    const { track, owner, slot, time, createRecorder = browserRecorder } = options;
    this.#recorder = createRecorder(track);
    const stopped = Promise.withResolvers<void>();
    this.#stopped = stopped.promise;
    this.#recorder.addEventListener("dataavailable", ({ data }) => this.#add(data));
    this.#recorder.addEventListener("stop", () => stopped.resolve());
    this.#recorder.addEventListener("error", () => this.#fail("cannot-write"));
    // Its time begins here. The `start` event waits for what the page is doing, 0.1 s and more.
    this.#name = { owner, slot, from: Math.round(time()) };
    this.#recorder.start(pieceMs);
    this.#describe();
  }

  get track(): MediaStreamTrack {
    return this.#options.track;
  }

  /** Ends the track; resolves when all of it is on the disk, or when it has failed. */
  async stop(): Promise<void> {
    this.#lasted ||= Math.max(1, Math.round(this.#options.time()) - this.#name.from);
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
    await this.#stopped;
    // The offset is known better by now.
    this.#describe();
    await this.#writes;
  }

  #describe(): void {
    const { name } = this.#options;
    const offset = this.#described = this.#options.offset();
    const type = this.#recorder.mimeType;
    const description: TrackDescription = { name, type, offset, lasted: this.#lasted };
    this.#write(undefined, new Blob([JSON.stringify(description)]));
  }

  #add(data: Blob): void {
    if (data.size > 0) this.#write(this.#count++, data);
    // A page that dies must leave the offset that it knew last.
    if (this.#options.offset() !== this.#described) this.#describe();
  }

  #write(index: number | undefined, content: Blob): void {
    const { folder } = this.#options;
    const name = this.#name;
    this.#writes = this.#writes.then(async () => {
      if (this.#isFailed) return;
      try {
        await folder.write(trackFileName({ ...name, index }), content);
      } catch (error) {
        this.#fail(diskFailure(error));
      }
    });
  }

  #fail(reason: TrackFailure): void {
    if (this.#isFailed) return;
    this.#isFailed = true;
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
    this.#options.failed(reason);
  }
}
