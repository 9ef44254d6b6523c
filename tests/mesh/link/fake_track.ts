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

  /** By the owner; fires nothing. */
  stop(): void {
    this.readyState = "ended";
  }

  /** From outside; fires `ended`. */
  end(): void {
    if (this.readyState === "ended") return;
    this.readyState = "ended";
    this.dispatchEvent(new Event("ended"));
  }

  /** Takes them all, unless told to refuse. */
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

/** A stream of these tracks; only what the mesh reads of one is there. */
export function fakeStream(...held: readonly FakeTrack[]): MediaStream {
  const part: Pick<MediaStream, "id" | "getTracks"> = {
    id: `stream-${++streams}`,
    getTracks: () => [...held],
  };
  // The one place where the part stands for the whole.
  return part as MediaStream;
}
