/** Rate limits with a burst. */

interface TokenBucketOptions {
  /** Tokens at the start, and at most. */
  readonly burst: number;
  readonly perSecond: number;
  /** The time of creation, ms. */
  readonly now: number;
}

/** Allows `burst` actions at once, then `perSecond`. `now`: ms of one monotonic clock. */
export class TokenBucket {
  readonly #options: TokenBucketOptions;
  #tokens: number;
  #filledAt: number;

  constructor(options: TokenBucketOptions) {
    this.#options = options;
    this.#tokens = options.burst;
    this.#filledAt = options.now;
  }

  /** Takes `cost` tokens; if fewer than `leaving` would be left, takes none and returns false. */
  take(now: number, { cost = 1, leaving = 0 } = {}): boolean {
    this.#tokens = this.#tokensAt(now);
    this.#filledAt = now;
    if (this.#tokens < cost + leaving) return false;
    this.#tokens -= cost;
    return true;
  }

  /** Milliseconds until there is a token, after `take` returned false. */
  waitMs(now: number): number {
    return Math.ceil((1 - this.#tokensAt(now)) / this.#options.perSecond * 1000);
  }

  /** Whether it is as full as a new bucket, so that it can be dropped. */
  isFull(now: number): boolean {
    return this.#tokensAt(now) >= this.#options.burst;
  }

  #tokensAt(now: number): number {
    const { burst, perSecond } = this.#options;
    const gained = Math.max(0, now - this.#filledAt) / 1000 * perSecond;
    return Math.min(burst, this.#tokens + gained);
  }
}
