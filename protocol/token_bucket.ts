interface TokenBucketOptions {
  /** Tokens at the start, and the most there ever are. */
  readonly burst: number;
  readonly perSecond: number;
  /** When it is made, ms. */
  readonly now: number;
}

/** How fast something may happen: `burst` at once, then `perSecond`. Time is an input: ms of one monotonic clock. */
export class TokenBucket {
  readonly #burst: number;
  readonly #perSecond: number;
  #tokens: number;
  #filledAt: number;

  constructor({ burst, perSecond, now }: TokenBucketOptions) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#tokens = burst;
    this.#filledAt = now;
  }

  /** Takes `cost` tokens; false, and none taken, if fewer than `leaving` would be left. */
  take(now: number, { cost = 1, leaving = 0 } = {}): boolean {
    this.#tokens = this.#tokensAt(now);
    this.#filledAt = now;
    if (this.#tokens < cost + leaving) return false;
    this.#tokens -= cost;
    return true;
  }

  /** Milliseconds until there is a token; 0: there is one. */
  waitMs(now: number): number {
    return Math.max(0, Math.ceil((1 - this.#tokensAt(now)) / this.#perSecond * 1000));
  }

  /** Whether it is as full as a new one, so that it can be forgotten. */
  isFull(now: number): boolean {
    return this.#tokensAt(now) >= this.#burst;
  }

  #tokensAt(now: number): number {
    const gained = Math.max(0, now - this.#filledAt) / 1000 * this.#perSecond;
    return Math.min(this.#burst, this.#tokens + gained);
  }
}
