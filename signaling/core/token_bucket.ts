/** How fast something may happen: `burst` at once, then `perSecond`. Time is an input, in ms. */
export class TokenBucket {
  readonly #burst: number;
  readonly #perSecond: number;
  #tokens: number;
  #filledAt: number;

  constructor({ burst, perSecond, now }: { burst: number; perSecond: number; now: number }) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#tokens = burst;
    this.#filledAt = now;
  }

  /**
   * Takes one token, or as many as something costs; false, and nothing taken, when fewer than `leaving` would be left.
   */
  take(now: number, { cost = 1, leaving = 0 } = {}): boolean {
    const gained = Math.max(0, now - this.#filledAt) / 1000 * this.#perSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + gained);
    this.#filledAt = now;
    if (this.#tokens < cost + leaving) return false;
    this.#tokens -= cost;
    return true;
  }

  /** True when nothing is left to refill, so that the bucket can be forgotten. */
  isFull(now: number): boolean {
    return this.#tokens + Math.max(0, now - this.#filledAt) / 1000 * this.#perSecond >= this.#burst;
  }
}

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
