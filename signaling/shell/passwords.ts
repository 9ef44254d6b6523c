/**
 * Hashes and checks the passwords of rooms: PBKDF2-HMAC-SHA-256 (RFC 8018), one salt for each,
 * compared in constant time. Both are slow on purpose, so they run outside the core, few at a time.
 */
import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import type { Guess } from "../core/core_types.ts";
import { GuessLimit } from "../core/guess_limit.ts";

/** As OWASP's Password Storage Cheat Sheet recommends for PBKDF2-HMAC-SHA256. */
const iterations = 600_000;
const saltBytes = 16;
const keyBits = 256;
/** Running and waiting jobs; beyond it, an answer would come too late. */
const jobsMost = 24;
/** How many jobs run at once. */
const laneCount = 2;

/** Hashes and checks passwords, one instance per process. `now()`: ms of one monotonic clock. */
export class Passwords {
  readonly #now: () => number;
  readonly #guesses = new GuessLimit();
  #jobs = 0;
  /** The last job of each lane. */
  readonly #lanes: Promise<unknown>[] = Array.from({ length: laneCount }, () => Promise.resolve());
  /** The last pending guess of each address. */
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /**
   * The hash of a password: `iterations$salt$key`, in base64url. An empty password gives an empty
   * hash; undefined: the server is too busy.
   */
  hash(password: string): Promise<string | undefined> {
    return this.#limited(async () => {
      if (password === "") return "";
      const salt = crypto.getRandomValues(new Uint8Array(saltBytes));
      const key = await this.#derive(password, { salt, iterations });
      return [iterations, base64(salt), base64(key)].join("$");
    });
  }

  /**
   * Compares a password with a kept hash. Guesses of one address are checked one after the other.
   */
  async check(
    password: string,
    { kept, address }: { kept: string; address: string },
  ): Promise<Guess> {
    const before = this.#last.get(address) ?? Promise.resolve();
    const guess = this.#limited(async () => {
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

  /** Runs on a lane, one job after the other, so that calls keep the processor. */
  #derive(password: string, how: Derivation): Promise<Uint8Array> {
    const work = (this.#lanes.shift() ?? Promise.resolve()).then(() => derive(password, how));
    this.#lanes.push(work.catch(() => {}));
    return work;
  }

  /** Runs a job if there are not too many; undefined: there are. */
  async #limited<T>(job: () => Promise<T>): Promise<T | undefined> {
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
  // Keyboards and systems write the same password in different normal forms.
  const bytes = new TextEncoder().encode(password.normalize("NFC"));
  const key = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, keyBits));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
