/** Lets the person hear the own voice with noise and without. Loaded with the first time. */
import { deviceOf } from "../../../mesh/mod.ts";
import { NoiseFilter } from "../../../mesh/processing/noise/mod.ts";
import { attempt } from "../../../protocol/attempt.ts";
import { beginPlaying, record } from "../sound_check.ts";

/** What is heard. */
export type Take = "without" | "with";

/** How far a comparison is. */
export type Comparing =
  | { readonly kind: "idle" }
  | { readonly kind: "recording" }
  | { readonly kind: "playing"; readonly take: Take }
  | { readonly kind: "failed" };

/** `onChange` gets every state. `speakerId`: "" is the system default. */
export interface NoiseTrialOptions {
  readonly microphone: MediaStreamTrack;
  readonly speakerId: string;
  readonly onChange: (comparing: Comparing) => void;
}

/** One comparison: the same four seconds, over and over, until it is closed. */
export class NoiseTrial {
  readonly #options: NoiseTrialOptions;
  readonly #ending = new AbortController();
  #volumes: Readonly<Record<Take, GainNode>> | undefined;

  /** Must be called from a click, as it plays sound. */
  constructor(options: NoiseTrialOptions) {
    this.#options = options;
    const context = new AudioContext();
    const audio = new Audio();
    this.#ending.signal.addEventListener("abort", () => {
      audio.pause();
      audio.srcObject = null;
      void attempt(() => context.close());
    });
    void this.#run(context, audio).catch(() => {
      if (!this.#ending.signal.aborted) this.#end({ kind: "failed" });
    });
  }

  /** Plays the other take from the same moment on. */
  hear(take: Take): void {
    if (this.#volumes === undefined) return;
    for (const each of ["without", "with"] as const) {
      this.#volumes[each].gain.value = each === take ? 1 : 0;
    }
    this.#options.onChange({ kind: "playing", take });
  }

  close(): void {
    if (!this.#ending.signal.aborted) this.#end({ kind: "idle" });
  }

  #end(comparing: Comparing): void {
    this.#ending.abort();
    this.#options.onChange(comparing);
  }

  async #run(context: AudioContext, audio: HTMLAudioElement): Promise<void> {
    const { speakerId, onChange } = this.#options;
    const { signal } = this.#ending;
    onChange({ kind: "recording" });
    const takes = await this.#record();
    if (signal.aborted) return;
    const way = context.createMediaStreamDestination();
    const start = async (sound: Blob) => {
      const source = context.createBufferSource();
      source.buffer = await context.decodeAudioData(await sound.arrayBuffer());
      source.loop = true;
      const volume = context.createGain();
      source.connect(volume).connect(way);
      return { source, volume };
    };
    const [one, other] = await Promise.all([start(takes.without), start(takes.with)]);
    audio.srcObject = way.stream;
    await beginPlaying(audio, speakerId);
    if (signal.aborted) return;
    this.#volumes = { without: one.volume, with: other.volume };
    this.hear("without");
    const at = context.currentTime;
    one.source.start(at);
    other.source.start(at);
  }

  /** Copies, so that it works while muted and never unmutes. */
  async #record(): Promise<Readonly<Record<Take, Blob>>> {
    const { microphone } = this.#options;
    const filtered = await filteredOf(microphone);
    const device = deviceOf(microphone).clone();
    device.enabled = true;
    const recording = async (track: MediaStreamTrack) =>
      await record(new MediaRecorder(new MediaStream([track])), this.#ending.signal);
    try {
      const [without, withFilter] = await Promise.all([recording(device), recording(filtered)]);
      return { without, with: withFilter };
    } finally {
      device.stop();
      filtered.stop();
    }
  }
}

/** Throws if the filter cannot run. */
async function filteredOf(microphone: MediaStreamTrack): Promise<MediaStreamTrack> {
  const copy = microphone.clone();
  copy.enabled = true;
  if (deviceOf(microphone) !== microphone) return copy;
  const filter = new NoiseFilter({ changed() {}, strained() {}, again() {} });
  const filtered = await filter.process(copy);
  if (filtered !== copy) return filtered;
  filter.close();
  copy.stop();
  throw new Error("noise cannot be removed here");
}
