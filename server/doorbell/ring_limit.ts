/**
 * Limits how often doorbells ring, so that nobody who may knock can fill an owner's screen, or make
 * this server send without end. Invariant: a room or client is forgotten once its bucket is full.
 */
import { TokenBucket } from "../../protocol/mod.ts";

/** Rings at once, and how long one more takes. Of one room, and of one client over all rooms. */
export const ringLimits = {
  room: { burst: 3, perSecond: 1 / 30 },
  client: { burst: 5, perSecond: 1 / 60 },
} as const;

const sweepMs = 60_000;

/** A bucket for each recent room and client. */
export class RingLimit {
  readonly #buckets = new Map<string, TokenBucket>();
  #sweptAt = 0;

  /** Whether it may ring; `address` undefined: that client is not counted. `now`: ms. */
  admits(
    { room, address }: { readonly room: string; readonly address: string | undefined },
    now: number,
  ): boolean {
    this.#sweep(now);
    // The client first: it must not use up what the room has for others.
    if (address !== undefined && !this.#take(`client ${address}`, ringLimits.client, now)) {
      return false;
    }
    return this.#take(`room ${room}`, ringLimits.room, now);
  }

  /** How many rooms and clients are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  #take(key: string, limit: { burst: number; perSecond: number }, now: number): boolean {
    const bucket = this.#buckets.get(key) ?? new TokenBucket({ ...limit, now });
    this.#buckets.set(key, bucket);
    return bucket.take(now);
  }

  #sweep(now: number): void {
    if (now - this.#sweptAt < sweepMs) return;
    this.#sweptAt = now;
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(key);
  }
}
