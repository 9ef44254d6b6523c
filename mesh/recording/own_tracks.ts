/**
 * Records what this person sends: each own track from its start to its end, clean, as the devices
 * give it. A muted microphone is recorded as silence.
 */
import type { Clock } from "../clock.ts";
import { type Slot, slots } from "../events.ts";
import type { Mesh } from "../mesh.ts";
import { TrackRecorder, type TrackRecorderOptions } from "./track_recorder.ts";

/** What own tracks need. */
export interface OwnTracksOptions extends Omit<TrackRecorderOptions, "track" | "slot" | "name"> {
  readonly links: Pick<Mesh, "ownTrack">;
  readonly clock: Clock;
  /** The own name now. */
  readonly name: () => string;
}

/**
 * ms between two looks at the own tracks. An event of the mesh would be part of the first script.
 */
const followMs = 100;

/** The own tracks of one recording, recorded until end(). */
export class OwnTracks {
  readonly #options: OwnTracksOptions;
  readonly #running = new Map<Slot, TrackRecorder>();
  readonly #ending = new Set<Promise<void>>();
  #cancel = () => {};

  constructor(options: OwnTracksOptions) {
    this.#options = options;
    this.#follow();
  }

  /** Ends all tracks; resolves when they are on the disk. */
  async end(): Promise<void> {
    this.#cancel();
    for (const slot of slots) this.#stop(slot);
    await Promise.all(this.#ending);
  }

  #follow(): void {
    this.#cancel = this.#options.clock.after(followMs, () => this.#follow());
    for (const slot of slots) {
      const track = this.#options.links.ownTrack(slot);
      if (track !== (this.#running.get(slot)?.track ?? null)) this.#set(slot, track);
    }
  }

  #set(slot: Slot, track: MediaStreamTrack | null): void {
    this.#stop(slot);
    if (track === null || track.readyState === "ended") return;
    const { name, failed } = this.#options;
    try {
      const recorder = new TrackRecorder({ ...this.#options, name: name(), track, slot });
      this.#running.set(slot, recorder);
    } catch {
      // The browser has no encoder for this track.
      failed("cannot-write");
    }
  }

  #stop(slot: Slot): void {
    const recorder = this.#running.get(slot);
    if (recorder === undefined) return;
    this.#running.delete(slot);
    const end = recorder.stop().finally(() => this.#ending.delete(end));
    this.#ending.add(end);
  }
}
