/**
 * How often one address may ask for what the server has to look up. Invariants:
 * 1 An address is forgotten once it could ask as often again as a new one.
 * 2 Looking for those costs no more than the asking did: at most once a minute, over who asked since.
 */
import { TokenBucket } from "../protocol/mod.ts";
import { addressUnit, isLoopback } from "../signaling/mod.ts";

/** Questions at once, and how many more a second: a page asks every five seconds, and an office may share an address. */
export const readLimits = { burst: 60, perSecond: 5 } as const;

const sweepMs = 60_000;

/** One bucket for each address that asked lately. */
export class ReadLimit {
  readonly #buckets = new Map<string, TokenBucket>();
  #sweptAt = 0;

  /** Whether this address may ask once more; `now` in ms. Loopback is the machine itself or its proxy: not counted. */
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
