import { Emitter } from "./emitter.ts";
import type { Slot } from "./events.ts";

/** What a person can turn on. A screen brings its sound along where the browser offers it. */
export type Source = "camera" | "microphone" | "screen";

/** Why a source did not start or stopped. `insecure`: the page is not on https or localhost. */
export type MediaFailure = "denied" | "missing" | "busy" | "insecure" | "unsupported" | "unknown";

/** The one state of a source. */
export type SourceState =
  | { readonly kind: "off" }
  | { readonly kind: "starting" }
  | { readonly kind: "on"; readonly track: MediaStreamTrack; readonly deviceId: string }
  | { readonly kind: "failed"; readonly failure: MediaFailure };

/** A wished device: by id, else by label (ids change when a person clears the browser's memory), else any. */
export interface DeviceChoice {
  readonly deviceId?: string;
  readonly label?: string;
}

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

export interface LocalMediaOptions {
  /** navigator.mediaDevices; undefined where the browser has none. */
  readonly mediaDevices?: MediaDevices | undefined;
  /** Whether the page may use devices at all. */
  readonly secure?: boolean;
  /** Default: ideally 1280×720 at 30. */
  readonly camera?: MediaTrackConstraints;
  readonly microphone?: MediaTrackConstraints;
}

/** Own camera, microphone and screen, each for itself. No promise is ever rejected: the state says what happened. */
export class LocalMedia {
  readonly #events = new Emitter<LocalMediaEvent>();

  constructor(_options: LocalMediaOptions = {}) {
  }

  get camera(): SourceState {
    return { kind: "off" };
  }

  get microphone(): SourceState {
    return { kind: "off" };
  }

  get screen(): SourceState {
    return { kind: "off" };
  }

  get devices(): DeviceList {
    return { cameras: [], microphones: [], speakers: [] };
  }

  subscribe(listener: (event: LocalMediaEvent) => void): () => void {
    return this.#events.subscribe(listener);
  }

  /** Starts, or changes to another device when already on. Resolves with the state it led to. */
  startCamera(_choice: DeviceChoice = {}): Promise<SourceState> {
    return Promise.resolve(this.camera);
  }

  startMicrophone(_choice: DeviceChoice = {}): Promise<SourceState> {
    return Promise.resolve(this.microphone);
  }

  /** Lets the person pick a screen, window or tab. Must be called from a click. */
  startScreen(): Promise<SourceState> {
    return Promise.resolve(this.screen);
  }

  stop(_source: Source): void {
  }

  /** Reads the device list again (labels appear after the first permission). */
  refreshDevices(): Promise<DeviceList> {
    return Promise.resolve(this.devices);
  }

  /** Stops every track and forgets every listener. */
  close(): void {
  }
}
