/**
 * Plays one replay: asks everybody whose sound was missed, decodes, and ends when the present is
 * reached. It plays through an element like live voices do, so that the browser cancels its echo
 * and the person's choice of a speaker counts.
 */
import { attempt } from "../../protocol/attempt.ts";
import type { PeerId } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { RawChannel } from "../link/raw_channel.ts";
import { CatchUp } from "./catch_up.ts";
import type { Hole } from "./hole_watch.ts";
import { sampleRate } from "./sound.ts";
import { VoiceDecoder } from "./voice_decoder.ts";
import { requestVoice } from "./voice_request.ts";

/** What a replay needs. */
export interface ReplayOptions {
  readonly clock: Clock;
  readonly holes: readonly Hole[];
  /** Opens a channel to a peer; undefined: there is no link. */
  readonly openChannel: (peerId: PeerId) => RawChannel | undefined;
  /** How loud a person is played here, 0 to 1. */
  readonly gainOf: (peerId: string) => number;
  /** The chosen speaker; "": the system's. */
  readonly speakerId: string;
  /** The estimated time until the present is reached, ms; undefined: it is over. */
  readonly onLeft: (ms: number | undefined) => void;
}

/** Milliseconds. */
const times = {
  pump: 100,
  /** Sound that is always ready; in a hidden tab timers run once a second. */
  ahead: 500,
  aheadHidden: 2_000,
  /** With so little ready, and nothing to come that is older than that, the present is reached. */
  present: 120,
  behind: 1_500,
  /** A replay that gets nowhere. */
  longest: 90_000,
  /** What a browser may take to let sound play. */
  start: 1_000,
  /** Sound before the hole that is played again, as the hole may have begun earlier. */
  overlap: 300,
} as const;

/** One replay of one or more people. */
export class ReplayPlayer {
  readonly #options: ReplayOptions;
  readonly #catchUp: CatchUp;
  readonly #context = new AudioContext({ sampleRate });
  readonly #output = this.#context.createMediaStreamDestination();
  readonly #element = new Audio();
  readonly #undos: (() => void)[] = [];
  /** Whose voices still come. */
  readonly #coming = new Set<PeerId>();
  /** Until when sound is ready, s by the context. */
  #readyUntil = 0;
  #isOver = false;

  constructor(options: ReplayOptions) {
    this.#options = options;
    const { clock, holes, gainOf } = options;
    const from = Math.min(...holes.map((hole) => hole.from)) - times.overlap;
    this.#catchUp = new CatchUp({ from, gainOf });
    // Nothing that hangs may hold live voices back for ever.
    this.#undos.push(clock.after(times.longest, () => this.close()));
    for (const hole of holes) this.#ask(hole.peerId, from);
    void this.#start();
  }

  /** Whether all that a person says from now on still comes, until the present is reached. */
  hears(peerId: PeerId): boolean {
    return this.#coming.has(peerId);
  }

  /** Ends it at once; the person wants to be live. Idempotent. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const undo of this.#undos.splice(0)) undo();
    this.#element.srcObject = null;
    void attempt(() => this.#context.close());
    this.#options.onLeft(undefined);
  }

  #ask(peerId: PeerId, from: number): void {
    const { clock, openChannel } = this.#options;
    const raw = openChannel(peerId);
    if (raw === undefined) return;
    this.#catchUp.expect(peerId);
    this.#coming.add(peerId);
    const decoder = new VoiceDecoder((piece) => this.#catchUp.add(peerId, piece));
    const end = requestVoice(raw, {
      clock,
      from,
      emit: (event) => {
        if (event.type === "packet") decoder.decode(event.packet);
        else if (event.type === "ended") {
          this.#coming.delete(peerId);
          void decoder.finish().then(() => this.#catchUp.heard(peerId, Infinity));
        } // Otherwise the packets themselves tell.
        else if (decoder.isIdle) this.#catchUp.heard(peerId, event.at);
      },
    });
    this.#undos.push(end, () => decoder.close());
  }

  async #start(): Promise<void> {
    const { speakerId, clock } = this.#options;
    this.#element.srcObject = this.#output.stream;
    if ("setSinkId" in this.#element) void attempt(() => this.#element.setSinkId(speakerId));
    this.#undos.push(clock.after(times.start, () => {
      // Without a press the browser plays nothing, nor may it later: rather live than nothing.
      if (this.#context.state !== "running") this.close();
    }));
    try {
      await Promise.all([this.#context.resume(), this.#element.play()]);
      this.#pump();
    } catch {
      this.close();
    }
  }

  #pump(): void {
    if (this.#isOver) return;
    const { clock, onLeft } = this.#options;
    const now = clock.now();
    const ahead = document.visibilityState === "visible" ? times.ahead : times.aheadHidden;
    const ready = this.#ready();
    if (ready < ahead) this.#play(this.#catchUp.take(ahead - ready, now));
    const isDrained = this.#catchUp.isDry && this.#ready() < times.present;
    const isPresent = now - this.#catchUp.at < times.behind || this.#catchUp.isOver;
    if (isDrained && isPresent) return this.close();
    const rate = this.#catchUp.rate(now);
    onLeft((now - this.#catchUp.at) / (rate - 1) + this.#ready());
    this.#undos.push(clock.after(times.pump, () => this.#pump()));
  }

  /** ms of sound that are ready to be played. */
  #ready(): number {
    return Math.max(0, 1_000 * (this.#readyUntil - this.#context.currentTime));
  }

  #play(samples: Float32Array): void {
    if (samples.length === 0) return;
    const buffer = this.#context.createBuffer(1, samples.length, sampleRate);
    buffer.getChannelData(0).set(samples);
    const source = this.#context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.#output);
    const at = Math.max(this.#context.currentTime + 0.02, this.#readyUntil);
    source.start(at);
    this.#readyUntil = at + buffer.duration;
  }
}
