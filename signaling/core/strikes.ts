/** Counts faults within a sliding window: the `most`-th within `windowMs` is one too many. */
export class Strikes {
  readonly #most: number;
  readonly #windowMs: number;
  #times: number[] = [];

  constructor({ most, windowMs }: { most: number; windowMs: number }) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Notes one fault; true when it was one too many. */
  add(now: number): boolean {
    this.#times = this.#times.filter((time) => now - time < this.#windowMs);
    this.#times.push(now);
    return this.#times.length >= this.#most;
  }
}
