/**
 * Keeps and checks the passwords of rooms: PBKDF2-HMAC-SHA-256, a salt each, compared in constant time. Both take long
 * on purpose, so they happen outside the core, few at a time.
 */
import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import type { Guess } from "../core/core_types.ts";
import { GuessLimit } from "../core/guess_limit.ts";

/** Of OWASP's recommendation for this function. */
const iterations = 600_000;
const saltBytes = 16;
const keyBits = 256;
/** Working and waiting at once; beyond it an answer would come too late for its asker. */
const jobsMost = 24;
const desks = 2;

/** Hashes and checks passwords, a few at a time; one per process. `now()`: ms of one monotonic clock. */
export class Passwords {
  readonly #now: () => number;
  readonly #guesses = new GuessLimit();
  #jobs = 0;
  readonly #desks: Promise<unknown>[] = Array.from({ length: desks }, () => Promise.resolve());
  /** The last guess of each address that is being looked at. */
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** What is kept of a password: iterations, salt and key. The empty one stays empty; undefined: too busy. */
  keep(password: string): Promise<string | undefined> {
    return this.#counted(async () => {
      if (password === "") return "";
      const salt = crypto.getRandomValues(new Uint8Array(saltBytes));
      const key = await this.#derive(password, { salt, iterations });
      return [iterations, base64(salt), base64(key)].join("$");
    });
  }

  /** Whether `password` is the `kept` one; guesses of one `address` are looked at one after the other. */
  async check(
    password: string,
    { kept, address }: { kept: string; address: string },
  ): Promise<Guess> {
    const before = this.#last.get(address) ?? Promise.resolve();
    const guess = this.#counted(async () => {
      await before.catch(() => {});
      return await this.#guess(password, { kept, address });
    });
    this.#last.set(address, guess);
    const result = await guess;
    if (this.#last.get(address) === guess) this.#last.delete(address);
    return result ?? { kind: "overload" };
  }

  async #guess(
    password: string,
    { kept, address }: { kept: string; address: string },
  ): Promise<Guess> {
    if (this.#guesses.waitMs(address, this.#now()) > 0) return { kind: "too-soon" };
    const [count, salt = "", key = ""] = kept.split("$");
    const wanted = Buffer.from(key, "base64url");
    const given = await this.#derive(password, {
      salt: new Uint8Array(Buffer.from(salt, "base64url")),
      iterations: Number(count),
    });
    if (wanted.length === given.length && timingSafeEqual(given, wanted)) {
      return { kind: "right", password: kept };
    }
    this.#guesses.wrong(address, this.#now());
    return { kind: "wrong" };
  }

  /** One after the other on each desk, so that calls keep the processor. */
  #derive(password: string, how: Derivation): Promise<Uint8Array> {
    const work = (this.#desks.shift() ?? Promise.resolve()).then(() => derive(password, how));
    this.#desks.push(work.catch(() => {}));
    return work;
  }

  /** Undefined: too many jobs are waiting. */
  async #counted<T>(job: () => Promise<T>): Promise<T | undefined> {
    if (this.#jobs >= jobsMost) return undefined;
    this.#jobs++;
    try {
      return await job();
    } finally {
      this.#jobs--;
    }
  }
}

interface Derivation {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iterations: number;
}

async function derive(
  password: string,
  { salt, iterations }: Derivation,
): Promise<Uint8Array> {
  // The same password typed on another machine may come in another normal form.
  const bytes = new TextEncoder().encode(password.normalize("NFC"));
  const key = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, keyBits));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
