/**
 * Which cuts wait to be replayed. Pure. Invariants:
 * 1 Cuts that end together are replayed together.
 * 2 Of one person there is one replay at a time. It goes on to the present, so that a cut during it
 *   needs another one only if its channel was lost with the link.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { Hole, Look } from "./hole_watch.ts";
import { keptMs } from "./voice_ring.ts";

/** How long a voice that is back waits for others that were cut off with it, ms. */
const gatherMs = 1_000;

/** `running`: the people who are being replayed, and whether their voices still come. */
export interface QueueFacts {
  /** ms. */
  readonly now: number;
  readonly running: ReadonlyMap<PeerId, boolean>;
}

/** The cuts of one call that are over and not replayed yet. */
export class ReplayQueue {
  #waiting: readonly Hole[] = [];
  #since = 0;

  /** Whose cuts wait. */
  get waiting(): readonly PeerId[] {
    return this.#waiting.map(({ peerId }) => peerId);
  }

  clear(): void {
    this.#waiting = [];
  }

  /** The cuts to be replayed from now on, together. */
  take({ missing, ended }: Look, { now, running }: QueueFacts): readonly Hole[] {
    for (const hole of ended) {
      if (running.get(hole.peerId) || this.waiting.includes(hole.peerId)) continue;
      if (this.#waiting.length === 0) this.#since = now;
      this.#waiting = [...this.#waiting, hole];
    }
    if (missing.length > 0 && now - this.#since < gatherMs) return [];
    const ready = this.#waiting.filter(({ peerId }) => !running.has(peerId));
    this.#waiting = this.#waiting.filter(({ peerId }) => running.has(peerId));
    return ready.map((hole) => ({ ...hole, from: Math.max(hole.from, now - keptMs) }));
  }
}
