import type { Clock } from "../clock.ts";

interface TokenBucketOptions {
  readonly clock: Clock;
  readonly burst: number;
  readonly perSecond: number;
}

/** Keeps a sender inside a rate, so that the server never has to refuse what it says. */
export class TokenBucket {
  readonly #options: TokenBucketOptions;
  #tokens: number;
  #at: number;

  constructor(options: TokenBucketOptions) {
    this.#options = options;
    this.#tokens = options.burst;
    this.#at = options.clock.now();
  }

  /** Takes one token and returns 0, or returns the milliseconds until there will be one. */
  take(): number {
    const { clock, burst, perSecond } = this.#options;
    const now = clock.now();
    this.#tokens = Math.min(burst, this.#tokens + (now - this.#at) / 1000 * perSecond);
    this.#at = now;
    if (this.#tokens < 1) return Math.ceil((1 - this.#tokens) / perSecond * 1000);
    this.#tokens -= 1;
    return 0;
  }
}
