/** How many new rooms an address may open. */
import { limits, TokenBucket } from "../../protocol/mod.ts";

/** One bucket per address, forgotten when it is full again. `now`: ms. */
export class Creations {
  readonly #buckets = new Map<string, TokenBucket>();

  get size(): number {
    return this.#buckets.size;
  }

  /** Counts one; `address` undefined: not counted. */
  take(address: string | undefined, now: number): boolean {
    if (address === undefined) return true;
    let bucket = this.#buckets.get(address);
    if (bucket === undefined) {
      const perSecond = limits.roomsPerMinute / 60;
      bucket = new TokenBucket({ burst: limits.roomsBurst, perSecond, now });
      this.#buckets.set(address, bucket);
    }
    return bucket.take(now);
  }

  tick(now: number): void {
    for (const [address, bucket] of this.#buckets) {
      if (bucket.isFull(now)) this.#buckets.delete(address);
    }
  }
}
