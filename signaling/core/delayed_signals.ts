/**
 * Signals of one socket that exceeded the rate. They are relayed later, in order, none is lost.
 * Invariant: number and bytes are bounded, so a flood cannot take more memory than this.
 */
import { delayLimits } from "../../protocol/mod.ts";
import type { IncomingSignal } from "./core_types.ts";

/** Memory of one signal besides its body. */
const overheadBytes = 100;

/** A bounded queue of signals. */
export class DelayedSignals {
  readonly #queue: IncomingSignal[] = [];
  #bytes = 0;

  /** How many signals wait. */
  get size(): number {
    return this.#queue.length;
  }

  /** Appends a signal; false if the queue is full. */
  add(message: IncomingSignal): boolean {
    const bytes = signalBytes(message);
    const isFull = this.size >= delayLimits.signals || this.#bytes + bytes > delayLimits.bytes;
    if (isFull) return false;
    this.#queue.push(message);
    this.#bytes += bytes;
    return true;
  }

  /**
   * Removes and returns the oldest signals, as long as `mayTake` allows; it is called once for
   * each.
   */
  take(mayTake: () => boolean): IncomingSignal[] {
    let count = 0;
    while (count < this.size && mayTake()) count++;
    const taken = this.#queue.splice(0, count);
    for (const message of taken) this.#bytes -= signalBytes(message);
    return taken;
  }
}

/** The approximate memory of one signal, in bytes. */
export function signalBytes({ body }: { readonly body: string }): number {
  return overheadBytes + body.length;
}
