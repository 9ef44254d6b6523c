/** Who may see inside and give orders: whoever shows the admin token. */
import { createHash, timingSafeEqual } from "node:crypto";
import { addressUnit, GuessLimit } from "../signaling/mod.ts";

/** What a gate says to a request that may not pass. */
export interface Refusal {
  readonly status: 401 | 404 | 429;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One gate for all of the administration, so that guesses count together. `now()`: ms of one monotonic clock. */
export class AdminGate {
  readonly #token: () => string | undefined;
  readonly #now: () => number;
  readonly #guesses = new GuessLimit();

  /** `token` undefined: there is no administration, and nothing says that there could be one. */
  constructor(token: () => string | undefined, now: () => number = () => performance.now()) {
    this.#token = token;
    this.#now = now;
  }

  /** Undefined: it may pass. `address`: whom guesses count against. */
  refusal(request: Request, address: string): Refusal | undefined {
    const token = this.#token();
    if (token === undefined) return { status: 404 };
    const unit = addressUnit(address);
    const wait = this.#guesses.waitMs(unit, this.#now());
    if (wait > 0) {
      return { status: 429, headers: { "retry-after": String(Math.ceil(wait / 1000)) } };
    }
    const shown = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
    if (shown !== undefined && isSame(shown, token)) return undefined;
    // Who shows nothing has not guessed.
    if (shown !== undefined) this.#guesses.wrong(unit, this.#now());
    return { status: 401, headers: { "www-authenticate": 'Bearer realm="parley"' } };
  }
}

/** In constant time, whatever the lengths. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
