/**
 * Signals of one socket that came faster than the rate: they are relayed later and none is lost, in the order in which
 * they came. Invariant: both bounds hold, so that a flood costs this much memory and no more.
 */
import { delayLimits } from "../../protocol/mod.ts";
import type { IncomingSignal } from "./core_types.ts";

/** What a signal takes of memory besides its body. */
const overheadBytes = 100;

/** The line in which signals wait. */
export class DelayedSignals {
  #waiting: IncomingSignal[] = [];
  #bytes = 0;

  get size(): number {
    return this.#waiting.length;
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  /** Puts a signal at the end; false when no more may wait. */
  add(message: IncomingSignal): boolean {
    const bytes = signalBytes(message);
    const isFull = this.#waiting.length >= delayLimits.signals ||
      this.#bytes + bytes > delayLimits.bytes;
    if (isFull) return false;
    this.#waiting.push(message);
    this.#bytes += bytes;
    return true;
  }

  /** Takes out the first ones, as many as `may` allows one after the other. */
  take(may: () => boolean): IncomingSignal[] {
    let count = 0;
    while (count < this.size && may()) count++;
    const taken = this.#waiting.splice(0, count);
    for (const message of taken) this.#bytes -= signalBytes(message);
    return taken;
  }

  /** Forgets them all: their sender has left the room. */
  clear(): void {
    this.#waiting = [];
    this.#bytes = 0;
  }
}

/** About what a signal takes of memory. */
export function signalBytes({ body }: { readonly body: string }): number {
  return overheadBytes + body.length;
}
