/**
 * Who speaks, from levels: fast attack, slow release, so that the ring does not flicker between
 * words.
 */
import { type ReadonlySignal, signal } from "@preact/signals-core";

/** `watchLevel` of mesh/: about 20 levels a second, 0 to 1; returns its undo. */
export type WatchLevel = (track: MediaStreamTrack, onLevel: (level: number) => void) => () => void;

/** Runs `callback` once after `ms`; the returned function cancels it. */
export type After = (ms: number, callback: () => void) => () => void;

/** Above this level it is a voice: levels are linear in dB from -60, so this is about -42 dB. */
export const speakingLevel = 0.35;
const holdMs = 600;

/** Follows the current microphone and tells whether its person speaks. */
export class SpeakingWatch {
  readonly #watchLevel: WatchLevel;
  readonly #after: After;
  readonly #speaking = signal(false);
  readonly #level = signal(0);
  #unwatch = () => {};
  #unhold: (() => void) | undefined;

  constructor({ watchLevel, after }: { watchLevel: WatchLevel; after: After }) {
    this.#watchLevel = watchLevel;
    this.#after = after;
  }

  get speaking(): ReadonlySignal<boolean> {
    return this.#speaking;
  }

  /** 0 to 1. */
  get level(): ReadonlySignal<number> {
    return this.#level;
  }

  /** Listens to `track`; null stops listening. */
  follow(track: MediaStreamTrack | null): void {
    this.#unwatch();
    this.#unwatch = () => {};
    this.#quiet();
    if (track !== null) {
      this.#unwatch = this.#watchLevel(track, (level) => this.#handleLevel(level));
    }
  }

  close(): void {
    this.follow(null);
  }

  #handleLevel(level: number): void {
    // Rounded to what a meter can show, to avoid needless renders.
    this.#level.value = Math.round(level * 100) / 100;
    if (level < speakingLevel) return;
    this.#speaking.value = true;
    this.#unhold?.();
    this.#unhold = this.#after(holdMs, () => this.#speaking.value = false);
  }

  #quiet(): void {
    this.#unhold?.();
    this.#unhold = undefined;
    this.#speaking.value = false;
    this.#level.value = 0;
  }
}
