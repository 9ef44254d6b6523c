/**
 * Encodes the own voice a second time, for the ring. Invariants:
 * 1 While muted or without a microphone, nothing is encoded: what is said then does not exist.
 * 2 It touches neither the microphone's track nor what is sent of it.
 */
import { attempt } from "../../protocol/attempt.ts";
import type { Clock } from "../clock.ts";
import { lateImport } from "../late_import.ts";
import type { VoiceRing } from "./voice_ring.ts";

/** Opus for one voice, bit/s: 30 s are 90 kB. */
const bitrate = 24_000;
/** After a larger jump of time the sound does not belong together, ms. */
const jumpMs = 150;

/** Records the microphone of a page. */
export class VoiceRecorder {
  readonly #ring: VoiceRing;
  readonly #clock: Clock;
  #context: AudioContext | undefined;
  #source: MediaStreamAudioSourceNode | undefined;
  #encoder: AudioEncoder | undefined;
  /** When the next batch should begin, ms. */
  #due = 0;
  /** Counts changes of the track, so that what loads late does not undo a later one. */
  #turn = 0;
  #isClosed = false;

  constructor({ ring, clock }: { ring: VoiceRing; clock: Clock }) {
    this.#ring = ring;
    this.#clock = clock;
  }

  /** Whether this browser can encode and decode voices. */
  static isSupported(): boolean {
    return ["AudioEncoder", "AudioDecoder", "AudioWorkletNode"].every((name) => name in globalThis);
  }

  /** Records this track from now on; null: nothing, because it is muted or off. Never rejects. */
  async follow(track: MediaStreamTrack | null): Promise<void> {
    const turn = ++this.#turn;
    this.#pause();
    if (track === null) return;
    try {
      const node = await this.#open();
      if (turn !== this.#turn || this.#context === undefined) return;
      void attempt(() => this.#context?.resume());
      this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
      this.#source.connect(node);
    } catch {
      // Without audio output or a rate in common, there is no replay of this voice.
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#turn++;
    this.#pause();
    void attempt(() => this.#context?.close());
    this.#context = undefined;
  }

  #node: Promise<AudioWorkletNode> | undefined;

  #open(): Promise<AudioWorkletNode> {
    return this.#node ??= this.#make();
  }

  async #make(): Promise<AudioWorkletNode> {
    const { address, processorName } = await lateImport(() => import("./voice_worklet.ts"));
    if (this.#isClosed) throw new Error("closed while it was loaded");
    // Nobody waits for this sound, so it may come in larger parts, which cost less.
    const context = this.#context = new AudioContext({ latencyHint: "playback" });
    await context.audioWorklet.addModule(address);
    const node = new AudioWorkletNode(context, processorName, { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => {
      if (this.#source !== undefined) this.#encode(data, context.sampleRate);
    };
    return node;
  }

  #pause(): void {
    this.#source?.disconnect();
    this.#source = undefined;
    this.#discard();
  }

  /** An encoder counts time by itself, so a jump needs another one. */
  #discard(): void {
    const encoder = this.#encoder;
    this.#encoder = undefined;
    if (encoder?.state === "configured") void encoder.flush().then(() => encoder.close(), () => {});
  }

  #encode(samples: Float32Array<ArrayBuffer>, sampleRate: number): void {
    const ms = 1_000 * samples.length / sampleRate;
    const began = this.#clock.now() - ms;
    if (Math.abs(began - this.#due) > jumpMs) {
      this.#discard();
      this.#due = began;
    }
    const data = new AudioData({
      format: "f32",
      sampleRate,
      numberOfChannels: 1,
      numberOfFrames: samples.length,
      timestamp: Math.round(1_000 * this.#due),
      data: samples,
    });
    this.#due += ms;
    this.#encoder ??= this.#newEncoder(sampleRate);
    if (this.#encoder.state === "configured") this.#encoder.encode(data);
    data.close();
  }

  #newEncoder(sampleRate: number): AudioEncoder {
    const encoder = new AudioEncoder({
      output: (chunk) => {
        const data = new Uint8Array(chunk.byteLength);
        chunk.copyTo(data);
        this.#ring.add({ at: chunk.timestamp / 1_000, data });
      },
      // The state is "closed" then, and nothing more is encoded until the track changes.
      error: () => {},
    });
    encoder.configure({ codec: "opus", sampleRate, numberOfChannels: 1, bitrate });
    return encoder;
  }
}
