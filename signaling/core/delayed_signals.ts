/**
 * Signals of one socket that came faster than the rate: they are relayed later and none is lost, in the order in which
 * they came. Invariant: both bounds hold, so that a flood costs this much memory and no more.
 */
import { delayLimits, type Relay, type SendSignal, type Signal } from "../../protocol/mod.ts";

type AnySignal = SendSignal | Relay;

/** What of a signal's own fields takes memory besides its text. */
const overheadBytes = 200;

/** The line in which signals wait. */
export class DelayedSignals {
  #waiting: AnySignal[] = [];
  #bytes = 0;

  get size(): number {
    return this.#waiting.length;
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  /** Puts a signal at the end; false when no more may wait. */
  add(message: AnySignal): boolean {
    const bytes = signalBytes(message);
    const isFull = this.#waiting.length >= delayLimits.signals ||
      this.#bytes + bytes > delayLimits.bytes;
    if (isFull) return false;
    this.#waiting.push(message);
    this.#bytes += bytes;
    return true;
  }

  /** Takes out the first ones, as many as `may` allows one after the other. */
  take(may: () => boolean): AnySignal[] {
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

/** About what a signal takes of memory: its text and a little. */
export function signalBytes(
  message: { readonly body: string } | { readonly signal: Signal },
): number {
  if ("body" in message) return overheadBytes + message.body.length;
  const { signal } = message;
  if (signal.kind === "description") return overheadBytes + signal.description.sdp.length;
  const candidates = signal.kind === "candidate" ? [signal.candidate] : signal.candidates;
  return candidates.reduce((sum, { candidate }) => sum + overheadBytes + candidate.length, 0);
}
