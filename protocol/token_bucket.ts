interface TokenBucketOptions {
  /** Tokens at the start, and the most there ever are. */
  readonly burst: number;
  readonly perSecond: number;
  /** When it is made, ms. */
  readonly now: number;
}

/** How fast something may happen: `burst` at once, then `perSecond`. Time is an input: ms of one monotonic clock. */
export class TokenBucket {
  readonly #options: TokenBucketOptions;
  #tokens: number;
  #filledAt: number;

  constructor(options: TokenBucketOptions) {
    this.#options = options;
    this.#tokens = options.burst;
    this.#filledAt = options.now;
  }

  /** Takes `cost` tokens; false, and none taken, if fewer than `leaving` would be left. */
  take(now: number, { cost = 1, leaving = 0 } = {}): boolean {
    this.#tokens = this.#tokensAt(now);
    this.#filledAt = now;
    if (this.#tokens < cost + leaving) return false;
    this.#tokens -= cost;
    return true;
  }

  /** Milliseconds until there is a token, after `take` has given none. */
  waitMs(now: number): number {
    return Math.ceil((1 - this.#tokensAt(now)) / this.#options.perSecond * 1000);
  }

  /** Whether it is as full as a new one, so that it can be forgotten. */
  isFull(now: number): boolean {
    return this.#tokensAt(now) >= this.#options.burst;
  }

  #tokensAt(now: number): number {
    const { burst, perSecond } = this.#options;
    const gained = Math.max(0, now - this.#filledAt) / 1000 * perSecond;
    return Math.min(burst, this.#tokens + gained);
  }
}
