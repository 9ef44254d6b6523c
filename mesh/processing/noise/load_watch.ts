/**
 * Whether a machine keeps up with the filter. Late sound is worse than noise, so the filter gives
 * up after some seconds in succession that are too slow; one alone may be a machine that slept.
 */

/** How much sound is judged at once, ms. */
const windowMs = 2_000;
const slowWindows = 3;
/** A filter that takes this share of the time leaves too little for everything else. */
const mostBusy = 0.5;
/** Sound that takes so much longer than it lasts has gaps. */
const mostLate = 0.25;

/** One frame: how long it lasts and how long the filter took, ms; `at`: now, ms of any clock. */
export interface FilteredFrame {
  readonly at: number;
  readonly soundMs: number;
  readonly busyMs: number;
}

/** Judges the frames of one filter. */
export class LoadWatch {
  #since: number | undefined;
  #soundMs = 0;
  #busyMs = 0;
  #slow = 0;

  /** Whether the machine is too slow, as of this frame. */
  note({ at, soundMs, busyMs }: FilteredFrame): boolean {
    this.#since ??= at - soundMs;
    this.#soundMs += soundMs;
    this.#busyMs += busyMs;
    if (this.#soundMs < windowMs) return false;
    const isLate = at - this.#since > this.#soundMs * (1 + mostLate);
    const isSlow = isLate || this.#busyMs > this.#soundMs * mostBusy;
    this.#slow = isSlow ? this.#slow + 1 : 0;
    this.#since = at;
    this.#soundMs = 0;
    this.#busyMs = 0;
    return this.#slow >= slowWindows;
  }
}
