/**
 * Own camera, microphone and screen. Invariants:
 * 1 They are started and stopped each for itself: one refused or missing never blocks another.
 * 2 No promise is ever rejected; the state says what happened.
 * 3 A `track` event tells every change of what a slot carries, and only changes.
 */
import { browserClock, type Clock } from "./clock.ts";
import { type DeviceChoice, DeviceSource, type SourceState } from "./device_source.ts";
import { Emitter } from "./emitter.ts";
import type { Slot } from "./events.ts";
import { capture, type DeviceAccess, type MediaFailure } from "./media_failure.ts";

/** What a person can turn on. A screen brings its sound along where the browser offers it. */
export type Source = "camera" | "microphone" | "screen";

/** Cameras, microphones and speakers; labels are empty before a permission was given. */
export interface DeviceList {
  readonly cameras: readonly MediaDeviceInfo[];
  readonly microphones: readonly MediaDeviceInfo[];
  readonly speakers: readonly MediaDeviceInfo[];
}

/** `track` events fit RoomSession.setTrack(slot, track) as they are. */
export type LocalMediaEvent =
  | { readonly type: "source"; readonly source: Source; readonly state: SourceState }
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
  readonly microphone?: MediaTrackConstraints;
  readonly clock?: Pick<Clock, "now">;
}

const defaultCamera: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30 },
};
const defaultMicrophone: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

/** Own devices and screen. Close it, or they stay in use. */
export class LocalMedia {
  readonly #events = new Emitter<LocalMediaEvent>();
  readonly #access: DeviceAccess | MediaFailure;
  readonly #camera: DeviceSource;
  readonly #microphone: DeviceSource;
  readonly #carried = new Map<Slot, MediaStreamTrack>();
  readonly #deviceChange = () => void this.refreshDevices();
  #screen: SourceState = { kind: "off" };
  #screenTurn = 0;
  #devices: DeviceList = { cameras: [], microphones: [], speakers: [] };
  #closed = false;
  readonly #clock: Pick<Clock, "now">;

  constructor(options: LocalMediaOptions = {}) {
    this.#clock = options.clock ?? browserClock;
    const { camera = defaultCamera, microphone = defaultMicrophone } = options;
    const mediaDevices = "mediaDevices" in options ? options.mediaDevices : navigator.mediaDevices;
    const secure = options.secure ?? globalThis.isSecureContext;
    this.#access = !secure ? "insecure" : mediaDevices ?? "unsupported";
    this.#camera = this.#device("camera", camera);
    this.#microphone = this.#device("microphone", microphone);
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

  get screen(): SourceState {
    return this.#screen;
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

  /** The same for the microphone. */
  startMicrophone(choice: DeviceChoice = {}): Promise<SourceState> {
    return this.#closed ? Promise.resolve(this.microphone) : this.#microphone.start(choice);
  }

  /** Lets the person pick a screen, window or tab. Must be called from a click. */
  async startScreen(): Promise<SourceState> {
    if (this.#closed) return this.#screen;
    const turn = ++this.#screenTurn;
    const access = this.#access;
    // The old share goes on until there is a new one: the person may close the picker.
    if (this.#screen.kind !== "on") this.#becomeScreen({ kind: "starting" });
    const captured = typeof access === "string"
      ? { ok: false, failure: access } as const
      : await capture(() => access.getDisplayMedia({ video: true, audio: true }));
    const tracks = captured.ok ? captured.tracks : [];
    const video = tracks.find(({ kind }) => kind === "video");
    if (turn !== this.#screenTurn) {
      for (const track of tracks) track.stop();
    } else if (video !== undefined) {
      this.#share(video, tracks.find(({ kind }) => kind === "audio"));
    } else if (this.#screen.kind !== "on") {
      this.#becomeScreen({ kind: "failed", failure: captured.ok ? "missing" : captured.failure });
    }
    return this.#screen;
  }

  stop(source: Source): void {
    switch (source) {
      case "camera":
        return this.#camera.stop();
      case "microphone":
        return this.#microphone.stop();
      case "screen":
        return this.#stopScreen();
      default:
        return source satisfies never;
    }
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
    for (const source of ["camera", "microphone", "screen"] as const) this.stop(source);
    if (typeof this.#access !== "string") {
      this.#access.removeEventListener("devicechange", this.#deviceChange);
    }
    this.#events.clear();
  }

  #device(source: "camera" | "microphone", constraints: MediaTrackConstraints): DeviceSource {
    return new DeviceSource({
      kind: source === "camera" ? "video" : "audio",
      constraints,
      access: this.#access,
      clock: this.#clock,
      changed: (state, track) => {
        this.#events.emit({ type: "source", source, state });
        this.#carry(source, track);
        // Only now do the devices have their names.
        if (state.kind === "on") void this.refreshDevices();
      },
    });
  }

  #share(video: MediaStreamTrack, audio: MediaStreamTrack | undefined): void {
    this.#release();
    // The browser's own bar ends the picture; its sound may also end alone.
    video.addEventListener("ended", () => {
      if (this.#carried.get("screen") === video) this.#stopScreen();
    }, { once: true });
    audio?.addEventListener("ended", () => {
      if (this.#carried.get("screen-audio") === audio) this.#carry("screen-audio", null);
    }, { once: true });
    const deviceId = video.getSettings().deviceId ?? "";
    this.#becomeScreen({ kind: "on", track: video, deviceId });
    this.#carry("screen", video);
    this.#carry("screen-audio", audio ?? null);
  }

  #stopScreen(): void {
    this.#screenTurn++;
    this.#release();
    if (this.#screen.kind !== "off") this.#becomeScreen({ kind: "off" });
    this.#carry("screen", null);
    this.#carry("screen-audio", null);
  }

  #release(): void {
    this.#carried.get("screen")?.stop();
    this.#carried.get("screen-audio")?.stop();
  }

  #carry(slot: Slot, track: MediaStreamTrack | null): void {
    if ((this.#carried.get(slot) ?? null) === track) return;
    if (track === null) this.#carried.delete(slot);
    else this.#carried.set(slot, track);
    this.#events.emit({ type: "track", slot, track });
  }

  #becomeScreen(state: SourceState): void {
    this.#screen = state;
    this.#events.emit({ type: "source", source: "screen", state });
  }
}
