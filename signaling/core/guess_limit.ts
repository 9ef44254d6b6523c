/**
 * Slows down password guessing: after each wrong guess the address must wait, twice as long each
 * time.
 */
import { serverLimits } from "../../protocol/mod.ts";

interface Guesser {
  wrong: number;
  /** When it may guess again, ms of the caller's clock. */
  freeAt: number;
}

/**
 * How many addresses are remembered; the one whose last wrong guess is oldest is forgotten first.
 */
const most = 10_000;
/** From this count on the wait is the longest, so it stops. */
const wrongMost = 32;
/** After this long without a wrong guess an address starts over. */
const forgivenMs = 10 * 60_000;

/**
 * The wrong guesses by address, because a client cannot choose its address. `now`: ms of one
 * monotonic clock.
 */
export class GuessLimit {
  readonly #guessers = new Map<string, Guesser>();

  /** For how many ms an address must still wait; 0: it may guess. */
  waitMs(address: string, now: number): number {
    return Math.max(0, (this.#guessers.get(address)?.freeAt ?? 0) - now);
  }

  /**
   * Counts a wrong guess. A right guess resets nothing, or knowing one password would allow to
   * guess others.
   */
  wrong(address: string, now: number): void {
    const { wrong: before, freeAt } = this.#guessers.get(address) ?? { wrong: 0, freeAt: now };
    const wrong = now - freeAt > forgivenMs ? 1 : Math.min(before + 1, wrongMost);
    const wait = Math.min(serverLimits.guessMs * 2 ** (wrong - 1), serverLimits.guessMsMost);
    this.#guessers.delete(address);
    this.#guessers.set(address, { wrong, freeAt: now + wait });
    const [oldest] = this.#guessers.keys();
    if (this.#guessers.size > most && oldest !== undefined) this.#guessers.delete(oldest);
  }
}
