import type { Direction, Kind } from "./fake_description.ts";
import { sends } from "./fake_description.ts";
import type { FakeOperations } from "./fake_operations.ts";
import type { FakeTasks } from "./fake_tasks.ts";
import { FakeTrack } from "./fake_track.ts";

/** What a transceiver needs of its connection. */
export interface Surroundings {
  readonly operations: FakeOperations;
  readonly tasks: FakeTasks;
  readonly updateNegotiationNeeded: () => void;
  readonly refusesTracks: () => boolean;
}

interface TransceiverOptions {
  readonly kind: "audio" | "video";
  readonly direction: Direction;
  readonly track: MediaStreamTrack | null;
  readonly streams: readonly MediaStream[];
  /** Only a transceiver of addTrack may be reused by an unknown m-line of a remote offer. */
  readonly madeByAddTrack: boolean;
}

/** RTCRtpSender. */
export class FakeSender {
  track: MediaStreamTrack | null;
  streams: readonly string[];
  readonly #transceiver: FakeTransceiver;
  readonly #around: Surroundings;

  constructor(transceiver: FakeTransceiver, options: TransceiverOptions, around: Surroundings) {
    this.#transceiver = transceiver;
    this.#around = around;
    this.track = options.track;
    this.streams = options.streams.map(({ id }) => id);
  }

  setStreams(...streams: readonly MediaStream[]): void {
    this.streams = streams.map(({ id }) => id);
    this.#around.updateNegotiationNeeded();
  }

  replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    if (track !== null && track.kind !== this.#transceiver.kind) {
      return Promise.reject(
        new TypeError(`cannot send ${track.kind} as ${this.#transceiver.kind}`),
      );
    }
    return this.#around.operations.run(() => {
      if (this.#around.refusesTracks()) {
        return Promise.reject(new DOMException("not this one", "InvalidModificationError"));
      }
      // Only a sender that sends needs a task for it.
      if (track === null || !sends(this.#transceiver.currentDirection)) {
        this.track = track;
        return Promise.resolve();
      }
      return new Promise((resolve) =>
        this.#around.tasks.post(() => {
          this.track = track;
          resolve();
        })
      );
    });
  }
}

/** RTCRtpTransceiver with its sender and receiver. */
export class FakeTransceiver {
  readonly kind: "audio" | "video";
  readonly sender: FakeSender;
  readonly receiver: { readonly track: FakeTrack };
  mid: string | null = null;
  currentDirection: Direction | null = null;
  everSent = false;
  madeByAddTrack: boolean;
  #direction: Direction;
  readonly #around: Surroundings;

  constructor(options: TransceiverOptions, around: Surroundings) {
    this.kind = options.kind;
    this.#direction = options.direction;
    this.madeByAddTrack = options.madeByAddTrack;
    this.#around = around;
    this.sender = new FakeSender(this, options, around);
    this.receiver = { track: new FakeTrack(options.kind) };
  }

  get direction(): Direction {
    return this.#direction;
  }

  set direction(direction: Direction) {
    if (direction === this.#direction) return;
    this.#direction = direction;
    this.#around.updateNegotiationNeeded();
  }

  is(kind: Kind): boolean {
    return this.kind === kind;
  }

  negotiated(direction: Direction): void {
    this.currentDirection = direction;
    if (sends(direction)) this.everSent = true;
  }
}
