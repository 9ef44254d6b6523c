/**
 * Own camera, microphone and screen as signals, with remembered devices. Invariant: a wanted source
 * stays wanted while it starts or fails; only the person changes that.
 */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import {
  type DeviceList,
  type DeviceName,
  lateImport,
  type LocalMedia,
  type LocalMediaEvent,
  type Source,
  type SourceState,
} from "../../mesh/mod.ts";
import type { DeviceChoice, DeviceKind, PreferenceBook } from "../ui/preferences.ts";
import { loadEffects } from "./effects/lazy.ts";
import { type After, SpeakingWatch, type WatchLevel } from "./speaking.ts";

/** The part of LocalMedia that is used. */
export type MediaSource = Pick<
  LocalMedia,
  | "devices"
  | "subscribe"
  | "startCamera"
  | "startMicrophone"
  | "captureScreen"
  | "setProcess"
  | "stop"
  | "refreshDevices"
  | "close"
>;

/** Own media as signals. */
export class MediaStore {
  readonly #media: MediaSource;
  readonly #book: PreferenceBook;
  readonly #sources: Readonly<Record<Source, Signal<SourceState>>> = {
    camera: signal({ kind: "off" }),
    microphone: signal({ kind: "off" }),
    screen: signal({ kind: "off" }),
  };
  readonly #devices: Signal<DeviceList>;
  readonly #watch: SpeakingWatch;
  readonly #unsubscribe: () => void;
  /** The speaker's device id for setSinkId; "" is the system default. */
  readonly speakerId: ReadonlySignal<string>;

  constructor(media: MediaSource, { book, ...listening }: {
    book: PreferenceBook;
    watchLevel: WatchLevel;
    after: After;
  }) {
    this.#media = media;
    this.#book = book;
    this.#devices = signal(media.devices);
    this.#watch = new SpeakingWatch(listening);
    this.#unsubscribe = media.subscribe((event) => this.#handle(event));
    this.speakerId = computed(() => this.#known("speaker")?.deviceId ?? "");
  }

  /** The state of a source. */
  source(source: Source): ReadonlySignal<SourceState> {
    return this.#sources[source];
  }

  get devices(): ReadonlySignal<DeviceList> {
    return this.#devices;
  }

  /** The level of the own microphone, 0 to 1. */
  get level(): ReadonlySignal<number> {
    return this.#watch.level;
  }

  get speaking(): ReadonlySignal<boolean> {
    return this.#watch.speaking;
  }

  /** Turns on the remembered device. */
  async start(source: DeviceName): Promise<void> {
    const { camera, microphone, processing, effects } = this.#book.current.value;
    const effect = effects[source];
    this.#media.setProcess(
      source,
      effect && (async (track) => {
        const { applyEffect } = await lateImport(loadEffects);
        // A device that starts again by itself gets what is wanted by then.
        return await applyEffect(track, this.#book.current.peek().effects[source] ?? {});
      }),
    );
    if (source === "camera") await this.#media.startCamera(camera);
    else await this.#media.startMicrophone(microphone, { ...processing, ...effect });
    await this.#media.refreshDevices();
  }

  /** What became of the own screen; see TalkStore. */
  showScreen(state: SourceState): void {
    this.#sources.screen.value = state;
  }

  stop(source: DeviceName): void {
    this.#media.stop(source);
  }

  /** Remembers a device and switches to it; a source that is off stays off. */
  async choose(kind: DeviceKind, choice: DeviceChoice): Promise<void> {
    this.#book.change({ [kind]: choice });
    if (kind === "speaker") return;
    if (this.#sources[kind].value.kind !== "off") await this.start(kind);
  }

  /** Lists the devices once, for pickers before any source is on. */
  async look(): Promise<void> {
    await this.#media.refreshDevices();
  }

  close(): void {
    this.#unsubscribe();
    this.#watch.close();
    this.#media.close();
  }

  #known(kind: "speaker"): DeviceChoice | undefined {
    const chosen = this.#book.current.value[kind];
    const { speakers } = this.#devices.value;
    return speakers.find(({ deviceId }) => deviceId === chosen?.deviceId) ??
      speakers.find(({ label }) => label !== "" && label === chosen?.label);
  }

  #handle(event: LocalMediaEvent): void {
    switch (event.type) {
      case "source":
        this.#sources[event.source].value = event.state;
        return;
      case "devices":
        this.#devices.value = event.devices;
        return;
      case "track":
        if (event.slot === "microphone") this.#watch.follow(event.track);
        return;
      default:
        return event satisfies never;
    }
  }
}
