/**
 * A MediaStreamTrack without media, and the smallest stream. `end()` is what unplugging or a
 * browser's bar does.
 */

let tracks = 0;
let streams = 0;

export class FakeTrack extends EventTarget implements MediaStreamTrack {
  readonly id = `track-${++tracks}`;
  readonly kind: "audio" | "video";
  readonly label: string;
  readonly #deviceId: string;
  contentHint = "";
  enabled = true;
  muted = false;
  readyState: MediaStreamTrackState = "live";
  refuses = false;
  constraints: MediaTrackConstraints = {};
  readonly clones: FakeTrack[] = [];
  onended = null;
  onmute = null;
  onunmute = null;

  constructor(
    kind: "audio" | "video",
    { label = "", deviceId = "" }: { label?: string; deviceId?: string } = {},
  ) {
    super();
    this.kind = kind;
    this.label = label;
    this.#deviceId = deviceId;
  }

  /** Called by the owner; fires no event. */
  stop(): void {
    this.readyState = "ended";
  }

  /** Ends it from outside; fires `ended`. */
  end(): void {
    if (this.readyState === "ended") return;
    this.readyState = "ended";
    this.dispatchEvent(new Event("ended"));
  }

  /** Accepts all constraints, unless `refuses` is set. */
  applyConstraints(constraints: MediaTrackConstraints = {}): Promise<void> {
    if (this.refuses) return Promise.reject(new DOMException("fixed", "OverconstrainedError"));
    this.constraints = constraints;
    return Promise.resolve();
  }

  clone(): FakeTrack {
    const clone = new FakeTrack(this.kind, { label: this.label, deviceId: this.#deviceId });
    clone.enabled = this.enabled;
    this.clones.push(clone);
    return clone;
  }

  getCapabilities(): MediaTrackCapabilities {
    return {};
  }

  getConstraints(): MediaTrackConstraints {
    return this.constraints;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.#deviceId };
  }
}

/** A stream of these tracks, with only the members that the mesh reads. */
export function fakeStream(...held: readonly FakeTrack[]): MediaStream {
  const part: Pick<MediaStream, "id" | "getTracks"> = {
    id: `stream-${++streams}`,
    getTracks: () => [...held],
  };
  // The only cast of a partial stream.
  return part as MediaStream;
}
