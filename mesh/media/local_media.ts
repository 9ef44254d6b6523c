/**
 * The own camera and microphone, and the capture of a screen. Invariants:
 * 1 Each is started and stopped separately: one that is refused or missing does not block another.
 * 2 No promise is rejected; the state says what happened.
 * 3 A `track` event reports each change of the track that a slot sends, and only changes.
 */
import { attempt } from "../../protocol/attempt.ts";
import { browserClock, type Clock } from "../clock.ts";
import {
  type DeviceChoice,
  DeviceSource,
  type Process,
  type SourceState,
} from "./device_source.ts";
import { Emitter } from "../emitter.ts";
import type { Slot } from "../events.ts";
import { capture, type Captured, type DeviceAccess, type MediaFailure } from "./media_failure.ts";

/** The devices a person can turn on. */
export type DeviceName = "camera" | "microphone";

/** Everything a person can turn on. A screen may come with its sound. */
export type Source = DeviceName | "screen";

/** Cameras, microphones and speakers; labels are empty before the first permission. */
export interface DeviceList {
  readonly cameras: readonly MediaDeviceInfo[];
  readonly microphones: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
}

/** Pass `slot` and `track` of a `track` event to RoomSession.setTrack(). */
export type LocalMediaEvent =
  | { readonly type: "source"; readonly source: DeviceName; readonly state: SourceState }
  | { readonly type: "track"; readonly slot: Slot; readonly track: MediaStreamTrack | null }
  | { readonly type: "devices"; readonly devices: DeviceList };

/** All are optional; the browser's objects are the default. */
export interface LocalMediaOptions {
  /** navigator.mediaDevices; undefined if the browser has none. */
  readonly mediaDevices?: DeviceAccess | undefined;
  /** Whether the page is on https or localhost; other pages may not use devices. */
  readonly secure?: boolean;
  /** By default ideally 1280 × 720 pixels, 30 frames per second. */
  readonly camera?: MediaTrackConstraints;
  readonly clock?: Pick<Clock, "now" | "after">;
  /** Waits before a device that did not start is tried again; by default by the browser's timer. */
  readonly pause?: (ms: number) => Promise<void>;
}

const defaultCamera: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
};

/** The own devices. They stay in use until close(). */
export class LocalMedia {
  readonly #events = new Emitter<LocalMediaEvent>();
  readonly #access: DeviceAccess | MediaFailure;
  readonly #camera: DeviceSource;
  readonly #microphone: DeviceSource;
  readonly #tracks = new Map<Slot, MediaStreamTrack>();
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

  /** The state of the camera. */
  get camera(): SourceState {
    return this.#camera.state;
  }

  /** The state of the microphone. */
  get microphone(): SourceState {
    return this.#microphone.state;
  }

  /** The devices when the list was last read; a `devices` event follows each change. */
  get devices(): DeviceList {
    return this.#devices;
  }

  /** Calls `listener` with each event from now on; returns the undo. */
  subscribe(listener: (event: LocalMediaEvent) => void): () => void {
    return this.#events.subscribe(listener);
  }

  /** Starts the camera, or changes to another one. Resolves with the resulting state. */
  startCamera(choice: DeviceChoice = {}): Promise<SourceState> {
    return this.#closed ? Promise.resolve(this.camera) : this.#camera.start(choice);
  }

  /** Starts or changes the microphone; without `constraints`, the last ones stay. */
  startMicrophone(
    choice: DeviceChoice = {},
    constraints?: MediaTrackConstraints,
  ): Promise<SourceState> {
    return this.#closed
      ? Promise.resolve(this.microphone)
      : this.#microphone.start(choice, constraints);
  }

  /** Processes the tracks of a device from its next start on; undefined: no longer. */
  setProcess(source: DeviceName, process: Process | undefined): void {
    this.#of(source).process = process;
  }

  /**
   * Lets the person choose a screen, window or tab. The caller stops the tracks. Call it in a
   * click.
   */
  captureScreen(options: DisplayMediaStreamOptions): Promise<Captured> {
    const access = this.#access;
    return typeof access === "string"
      ? Promise.resolve({ ok: false, failure: access })
      : capture(() => access.getDisplayMedia(options));
  }

  /** Turns a device off. */
  stop(source: DeviceName): void {
    this.#of(source).stop();
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
      // The last list stays.
    }
    return this.#devices;
  }

  /** Stops every track and removes every listener. */
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

  #of(source: DeviceName): DeviceSource {
    return source === "camera" ? this.#camera : this.#microphone;
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
        this.#setTrack(source, track);
        // Browsers give labels only after a device was started.
        if (state.kind === "on") void this.refreshDevices();
      },
    });
  }

  #setTrack(slot: Slot, track: MediaStreamTrack | null): void {
    if ((this.#tracks.get(slot) ?? null) === track) return;
    if (track === null) this.#tracks.delete(slot);
    else this.#tracks.set(slot, track);
    this.#events.emit({ type: "track", slot, track });
  }
}
