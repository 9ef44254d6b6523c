/**
 * Signals of one socket that exceeded the rate: relayed later, in order, without loss. Invariant: both bounds hold, so that a flood costs this much memory and no more.
 */
import { delayLimits } from "../../protocol/mod.ts";
import type { IncomingSignal } from "./core_types.ts";

/** What a signal takes of memory besides its body. */
const overheadBytes = 100;

/** A bounded queue of signals. */
export class DelayedSignals {
  #waiting: IncomingSignal[] = [];
  #bytes = 0;

  get size(): number {
    return this.#waiting.length;
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  /** Appends a signal; false if too many wait already. */
  add(message: IncomingSignal): boolean {
    const bytes = signalBytes(message);
    const isFull = this.#waiting.length >= delayLimits.signals ||
      this.#bytes + bytes > delayLimits.bytes;
    if (isFull) return false;
    this.#waiting.push(message);
    this.#bytes += bytes;
    return true;
  }

  /** Removes and returns the oldest ones, as many as `may` allows, asked once for each. */
  take(may: () => boolean): IncomingSignal[] {
    let count = 0;
    while (count < this.size && may()) count++;
    const taken = this.#waiting.splice(0, count);
    for (const message of taken) this.#bytes -= signalBytes(message);
    return taken;
  }

  /** Forgets all: their sender has left the room. */
  clear(): void {
    this.#waiting = [];
    this.#bytes = 0;
  }
}

/** About what a signal takes of memory. */
export function signalBytes({ body }: { readonly body: string }): number {
  return overheadBytes + body.length;
}
