/** Slows down guessing: after each wrong guess its address has to wait, twice as long each time. */
import { limits } from "../../protocol/mod.ts";

interface Guesser {
  wrong: number;
  /** ms of the caller's clock. */
  freeAt: number;
}

/** Addresses remembered at most; the one that guessed wrong the longest ago is forgotten first. */
const most = 10_000;
/** Beyond this the wait is at its longest, so the count stops. */
const wrongMost = 32;
/** After this long without a wrong guess an address starts over. */
const forgivenMs = 10 * 60_000;

/** Keyed on the address alone: nothing a client chooses sets it back. `now`: ms of one monotonic clock. */
export class GuessLimit {
  readonly #guessers = new Map<string, Guesser>();

  /** For how many ms an address may not guess yet; 0: it may. */
  waitMs(address: string, now: number): number {
    return Math.max(0, (this.#guessers.get(address)?.freeAt ?? 0) - now);
  }

  /** Notes a wrong guess. A right one sets nothing back: who knows one password could else guess at others for ever. */
  wrong(address: string, now: number): void {
    const { wrong: before, freeAt } = this.#guessers.get(address) ?? { wrong: 0, freeAt: now };
    const wrong = now - freeAt > forgivenMs ? 1 : Math.min(before + 1, wrongMost);
    const wait = Math.min(limits.guessMs * 2 ** (wrong - 1), limits.guessMsMost);
    this.#guessers.delete(address);
    this.#guessers.set(address, { wrong, freeAt: now + wait });
    const [oldest] = this.#guessers.keys();
    if (this.#guessers.size > most && oldest !== undefined) this.#guessers.delete(oldest);
  }
}
