/**
 * Detects speech while muted. Invariants: it listens to a copy of the track only while allowed,
 * keeps only the level, and sends nothing; a hint expires and is rare.
 */
import type { ReadonlySignal, Signal, signal } from "@preact/signals-core";
import type { After, WatchLevel } from "../devices/mod.ts";

/** The dependencies. */
export interface MutedSpeechOptions {
  readonly watchLevel: WatchLevel;
  readonly after: After;
  readonly now: () => number;
  readonly signal: typeof signal;
}

/**
 * Equals speakingLevel of speaking.ts, which this late-loaded module must not import; a test
 * compares them.
 */
export const voiceLevel = 0.35;

/** How many of the last levels, 20 a second, must be a voice: a word, not a cough or a key. */
const voiced = { loud: 12, of: 30 };
/** How long the hint shows, and the pause from its start to the next one, ms. */
const hint = { shownMs: 8_000, restMs: 30_000 };

/** Listens while the person is muted. */
export class MutedSpeech {
  readonly #options: MutedSpeechOptions;
  readonly #noticed: Signal<boolean>;
  #track: MediaStreamTrack | undefined;
  #copy: MediaStreamTrack | undefined;
  #unwatch = () => {};
  #unhint = () => {};
  #levels: boolean[] = [];
  #notBefore = -Infinity;

  constructor(options: MutedSpeechOptions) {
    this.#options = options;
    this.#noticed = options.signal(false);
  }

  /** Whether to show the hint. */
  get noticed(): ReadonlySignal<boolean> {
    return this.#noticed;
  }

  /** Listens to a copy of the muted `track`; undefined stops listening. */
  follow(track: MediaStreamTrack | undefined): void {
    if (track === this.#track) return;
    this.#track = track;
    this.#unwatch();
    this.#unwatch = () => {};
    this.#copy?.stop();
    this.#copy = undefined;
    this.#levels = [];
    this.dismiss();
    if (track === undefined) return;
    const copy = track.clone();
    copy.enabled = true;
    this.#copy = copy;
    this.#unwatch = this.#options.watchLevel(copy, (level) => this.#handleLevel(level));
  }

  /** Dismisses the hint. */
  dismiss(): void {
    this.#unhint();
    this.#unhint = () => {};
    this.#noticed.value = false;
  }

  close(): void {
    this.follow(undefined);
  }

  #handleLevel(level: number): void {
    this.#levels = [...this.#levels, level >= voiceLevel].slice(-voiced.of);
    const { now, after } = this.#options;
    if (now() < this.#notBefore) return;
    if (this.#levels.filter((isLoud) => isLoud).length < voiced.loud) return;
    this.#notBefore = now() + hint.restMs;
    this.#noticed.value = true;
    this.#unhint = after(hint.shownMs, () => this.dismiss());
  }
}
