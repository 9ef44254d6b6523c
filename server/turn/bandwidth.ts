/**
 * Shares the bandwidth of the relay. Time is cut into windows. If the peers wanted more in one than
 * there is, each gets the same share in the next one, and what a modest peer leaves of its share
 * goes to the others.
 */

const windowMs = 100;

/** How much is relayed, bytes per second. */
export interface BandwidthLimits {
  /** For everybody together; undefined: as much as there is. */
  readonly total: number | undefined;
  readonly perPeer: number;
}

/** Counts what each peer sends through the relay. */
export class Bandwidth {
  readonly #limits: BandwidthLimits;
  readonly #now: () => number;
  #endsAt = 0;
  /** The most that one peer gets in this window, bytes. */
  #share: number;
  #used = 0;
  /** What each peer has wanted in this window, bytes. */
  readonly #wanted = new Map<string, number>();

  /** `now`: the time, ms. */
  constructor(limits: BandwidthLimits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
    this.#share = limits.perPeer;
  }

  /** Whether a peer may send so many bytes now; then they are counted. */
  take(peerId: string, bytes: number): boolean {
    const now = this.#now();
    if (now >= this.#endsAt) this.#begin(now);
    const wanted = (this.#wanted.get(peerId) ?? 0) + bytes;
    this.#wanted.set(peerId, wanted);
    const total = this.#limits.total === undefined ? Infinity : inWindow(this.#limits.total);
    if (wanted > this.#share || this.#used + bytes > total) return false;
    this.#used += bytes;
    return true;
  }

  #begin(now: number): void {
    const { total, perPeer } = this.#limits;
    const most = inWindow(perPeer);
    const share = total === undefined ? most : shareOf([...this.#wanted.values()], inWindow(total));
    // After a silence nothing is known of what the peers want.
    this.#share = now - this.#endsAt > windowMs ? most : Math.min(most, share);
    this.#endsAt = now + windowMs;
    this.#used = 0;
    this.#wanted.clear();
  }
}

function inWindow(perSecond: number): number {
  return perSecond * windowMs / 1000;
}

/** The most that one may get so that all together get no more than `total` (max-min fairness). */
export function shareOf(wanted: readonly number[], total: number): number {
  let left = total;
  const ascending = wanted.toSorted((a, b) => a - b);
  for (const [index, amount] of ascending.entries()) {
    const share = left / (ascending.length - index);
    if (amount > share) return share;
    left -= amount;
  }
  return Infinity;
}
