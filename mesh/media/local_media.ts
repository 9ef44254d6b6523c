/**
 * Own camera and microphone, and the way to a screen. Invariants:
 * 1 They are started and stopped each for itself: one refused or missing never blocks another.
 * 2 No promise is ever rejected; the state says what happened.
 * 3 A `track` event tells every change of what a slot carries, and only changes.
 */
import { attempt } from "../../protocol/attempt.ts";
import { browserClock, type Clock } from "../clock.ts";
import { type DeviceChoice, DeviceSource, type SourceState } from "./device_source.ts";
import { Emitter } from "../emitter.ts";
import type { Slot } from "../events.ts";
import { capture, type Captured, type DeviceAccess, type MediaFailure } from "./media_failure.ts";

/** The devices a person can turn on. */
export type DeviceName = "camera" | "microphone";

/** Everything a person can turn on. A screen brings its sound along where the browser offers it. */
export type Source = DeviceName | "screen";

/** Cameras, microphones and speakers; labels are empty before a permission was given. */
export interface DeviceList {
  readonly cameras: readonly MediaDeviceInfo[];
  readonly microphones: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
}

/** `track` events fit RoomSession.setTrack(slot, track) as they are. */
export type LocalMediaEvent =
  | { readonly type: "source"; readonly source: DeviceName; readonly state: SourceState }
  | { readonly type: "track"; readonly slot: Slot; readonly track: MediaStreamTrack | null }
  | { readonly type: "devices"; readonly devices: DeviceList };

/** Outside facts and wishes; the browser's own by default. */
export interface LocalMediaOptions {
  /** navigator.mediaDevices; undefined where the browser has none. */
  readonly mediaDevices?: DeviceAccess | undefined;
  /** Whether the page may use devices at all. */
  readonly secure?: boolean;
  /** Default: ideally 1280×720 at 30. */
  readonly camera?: MediaTrackConstraints;
  readonly clock?: Pick<Clock, "now" | "after">;
  /**
   * How long to wait before a device that did not start is tried once more; by default the
   * browser's time.
   */
  readonly pause?: (ms: number) => Promise<void>;
}

const defaultCamera: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
};

/** Own devices. Close it, or they stay in use. */
export class LocalMedia {
  readonly #events = new Emitter<LocalMediaEvent>();
  readonly #access: DeviceAccess | MediaFailure;
  readonly #camera: DeviceSource;
  readonly #microphone: DeviceSource;
  readonly #carried = new Map<Slot, MediaStreamTrack>();
  readonly #deviceChange = () => void this.refreshDevices();
  #devices: DeviceList = { cameras: [], microphones: [], speakers: [] };
  #closed = false;
  readonly #options: LocalMediaOptions;

  constructor(options: LocalMediaOptions = {}) {
    this.#options = options;
    const { camera = defaultCamera } = options;
    const mediaDevices = "mediaDevices" in options
      ? options.mediaDevices
      : attempt(() => navigator.mediaDevices);
    const secure = options.secure ?? globalThis.isSecureContext;
    this.#access = !secure ? "insecure" : mediaDevices ?? "unsupported";
    this.#camera = this.#device("camera", camera);
    this.#microphone = this.#device("microphone", {});
    if (typeof this.#access !== "string") {
      this.#access.addEventListener("devicechange", this.#deviceChange);
    }
  }

  get camera(): SourceState {
    return this.#camera.state;
  }

  get microphone(): SourceState {
    return this.#microphone.state;
  }

  get devices(): DeviceList {
    return this.#devices;
  }

  subscribe(listener: (event: LocalMediaEvent) => void): () => void {
    return this.#events.subscribe(listener);
  }

  /** Starts, or changes to another device when already on. Resolves with the state it led to. */
  startCamera(choice: DeviceChoice = {}): Promise<SourceState> {
    return this.#closed ? Promise.resolve(this.camera) : this.#camera.start(choice);
  }

  /** The same for the microphone, with other constraints than before where there are any. */
  startMicrophone(
    choice: DeviceChoice = {},
    constraints?: MediaTrackConstraints,
  ): Promise<SourceState> {
    return this.#closed
      ? Promise.resolve(this.microphone)
      : this.#microphone.start(choice, constraints);
  }

  /**
   * Lets the person pick a screen, window or tab; the tracks are the caller's. Must be called from
   * a click.
   */
  captureScreen(options: DisplayMediaStreamOptions): Promise<Captured> {
    const access = this.#access;
    return typeof access === "string"
      ? Promise.resolve({ ok: false, failure: access })
      : capture(() => access.getDisplayMedia(options));
  }

  stop(source: DeviceName): void {
    if (source === "camera") this.#camera.stop();
    else this.#microphone.stop();
  }

  /** Reads the device list again (labels appear after the first permission). */
  async refreshDevices(): Promise<DeviceList> {
    if (typeof this.#access === "string") return this.#devices;
    try {
      const all = await this.#access.enumerateDevices();
      const of = (kind: MediaDeviceKind) => all.filter((device) => device.kind === kind);
      this.#devices = {
        cameras: of("videoinput"),
        microphones: of("audioinput"),
        speakers: of("audiooutput"),
      };
      if (!this.#closed) this.#events.emit({ type: "devices", devices: this.#devices });
    } catch {
      // The list as it was is the best there is.
    }
    return this.#devices;
  }

  /** Stops every track and forgets every listener. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#camera.stop();
    this.#microphone.stop();
    if (typeof this.#access !== "string") {
      this.#access.removeEventListener("devicechange", this.#deviceChange);
    }
    this.#events.clear();
  }

  #device(source: DeviceName, constraints: MediaTrackConstraints): DeviceSource {
    return new DeviceSource({
      kind: source === "camera" ? "video" : "audio",
      constraints,
      access: this.#access,
      clock: this.#options.clock ?? browserClock,
      pause: this.#options.pause,
      changed: (state, track) => {
        this.#events.emit({ type: "source", source, state });
        this.#carry(source, track);
        // Only now do the devices have their names.
        if (state.kind === "on") void this.refreshDevices();
      },
    });
  }

  #carry(slot: Slot, track: MediaStreamTrack | null): void {
    if ((this.#carried.get(slot) ?? null) === track) return;
    if (track === null) this.#carried.delete(slot);
    else this.#carried.set(slot, track);
    this.#events.emit({ type: "track", slot, track });
  }
}
