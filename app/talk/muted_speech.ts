/**
 * Notices that somebody speaks while muted. Invariants: it listens to a copy of the track only while it may, and what it
 * hears becomes a number at once and goes nowhere; a hint goes away by itself and comes seldom.
 */
import type { ReadonlySignal, Signal, signal } from "@preact/signals-core";
import type { After, WatchLevel } from "../devices/mod.ts";

/** What it is made of. */
export interface MutedSpeechParts {
  readonly watchLevel: WatchLevel;
  readonly after: After;
  readonly now: () => number;
  readonly signal: typeof signal;
}

/** As speakingLevel of speaking.ts, which this module, loaded late, must not import; a test holds the two together. */
export const voiceLevel = 0.35;

/** So many of the last levels, of which 20 come a second, must be a voice: a word, not a cough or a key. */
const word = { loud: 12, of: 30 };
/** How long the hint stays, and how long after it began none comes again, ms. */
const hint = { shownMs: 8_000, restMs: 30_000 };

/** Listens while somebody is muted. */
export class MutedSpeech {
  readonly #parts: MutedSpeechParts;
  readonly #noticed: Signal<boolean>;
  #track: MediaStreamTrack | undefined;
  #copy: MediaStreamTrack | undefined;
  #unwatch = () => {};
  #unhint = () => {};
  #levels: boolean[] = [];
  #notBefore = -Infinity;

  constructor(parts: MutedSpeechParts) {
    this.#parts = parts;
    this.#noticed = parts.signal(false);
  }

  /** The hint is to be shown. */
  get noticed(): ReadonlySignal<boolean> {
    return this.#noticed;
  }

  /** Listens to a copy of `track`, which is silent itself; undefined: to nothing, for one is heard or has no microphone. */
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
    this.#unwatch = this.#parts.watchLevel(copy, (level) => this.#hear(level));
  }

  /** Takes the hint away. */
  dismiss(): void {
    this.#unhint();
    this.#unhint = () => {};
    this.#noticed.value = false;
  }

  close(): void {
    this.follow(undefined);
  }

  #hear(level: number): void {
    this.#levels = [...this.#levels, level >= voiceLevel].slice(-word.of);
    const { now, after } = this.#parts;
    if (now() < this.#notBefore) return;
    if (this.#levels.filter((isLoud) => isLoud).length < word.loud) return;
    this.#notBefore = now() + hint.restMs;
    this.#noticed.value = true;
    this.#unhint = after(hint.shownMs, () => this.dismiss());
  }
}
