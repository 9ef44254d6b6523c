/**
 * Limits how often one address may send requests that the server has to look up.
 * Invariants:
 * 1 An address is forgotten once its bucket is full again.
 * 2 Forgetting is cheap: it runs at most once a minute, over the addresses of the last minutes.
 */
import { TokenBucket } from "../protocol/mod.ts";
import { addressUnit, isLoopback } from "../signaling/mod.ts";

/** Requests at once and per second: a page asks every 5 s, and an office may share an address. */
export const readLimits = { burst: 60, perSecond: 5 } as const;

const sweepMs = 60_000;

/** One token bucket per recent address. */
export class ReadLimit {
  readonly #buckets = new Map<string, TokenBucket>();
  #sweptAt = 0;

  /** Whether this address may ask; `now`: ms. Loopback is the machine or its proxy: no limit. */
  admits(remoteAddress: string, now: number): boolean {
    const address = addressUnit(remoteAddress);
    if (isLoopback(address)) return true;
    this.#sweep(now);
    let bucket = this.#buckets.get(address);
    if (bucket === undefined) {
      bucket = new TokenBucket({ ...readLimits, now });
      this.#buckets.set(address, bucket);
    }
    return bucket.take(now);
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  #sweep(now: number): void {
    if (now - this.#sweptAt < sweepMs) return;
    this.#sweptAt = now;
    for (const [address, bucket] of this.#buckets) {
      if (bucket.isFull(now)) this.#buckets.delete(address);
    }
  }
}
