/** Checks the admin token of requests. */
import { createHash, timingSafeEqual } from "node:crypto";
import { addressUnit, GuessLimit } from "../signaling/mod.ts";

/** The response to a request that is refused. */
export interface Refusal {
  readonly status: 401 | 404 | 429;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One gate for the whole administration, so that wrong tokens count together. */
export class AdminGate {
  readonly #token: () => string | undefined;
  readonly #now: () => number;
  readonly #guesses = new GuessLimit();

  /** `token()` undefined: no administration, its paths answer 404. `now()`: ms, monotonic. */
  constructor(token: () => string | undefined, now: () => number = () => performance.now()) {
    this.#token = token;
    this.#now = now;
  }

  /** Undefined: the request may pass. `address`: the one that wrong tokens count against. */
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
    // A request without a token is not a guess.
    if (shown !== undefined) this.#guesses.wrong(unit, this.#now());
    return { status: 401, headers: { "www-authenticate": 'Bearer realm="parley"' } };
  }
}

/** Compares in constant time, for any lengths. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
