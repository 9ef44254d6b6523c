/** How many new rooms an address may open. */
import { serverLimits, TokenBucket } from "../../protocol/mod.ts";

/** One bucket per address, dropped when it is full again. `now`: ms of one monotonic clock. */
export class NewRoomRate {
  readonly #buckets = new Map<string, TokenBucket>();

  /** Addresses with a bucket, for leak tests. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Counts one new room; false if it is one too many. `address` undefined: not counted. */
  take(address: string | undefined, now: number): boolean {
    if (address === undefined) return true;
    let bucket = this.#buckets.get(address);
    if (bucket === undefined) {
      const perSecond = serverLimits.roomsPerMinute / 60;
      bucket = new TokenBucket({ burst: serverLimits.roomsBurst, perSecond, now });
      this.#buckets.set(address, bucket);
    }
    return bucket.take(now);
  }

  /** Drops the buckets that are full again. */
  tick(now: number): void {
    for (const [address, bucket] of this.#buckets) {
      if (bucket.isFull(now)) this.#buckets.delete(address);
    }
  }
}
