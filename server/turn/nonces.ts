/**
 * Nonces without a table (RFC 8489, section 9.2): each holds the time it was made at, and a code
 * that binds it to its client, so that nobody can use it from another address.
 */
import { Buffer } from "node:buffer";
import { createHmac, randomBytes } from "node:crypto";
import type { Endpoint } from "./endpoint.ts";

/** How long a nonce is good, ms. */
const lifetimeMs = 3_600_000;
const [timeBytes, codeBytes] = [4, 8];

/** Makes and judges the nonces of one process. */
export class Nonces {
  readonly #key = randomBytes(32);
  readonly #now: () => number;

  /** `now`: the time, ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** A nonce for a client, 16 characters. */
  mint(client: Endpoint): string {
    const time = Buffer.alloc(timeBytes);
    time.writeUInt32BE(Math.floor(this.#now() / 1000));
    return Buffer.concat([time, this.#codeOf(time, client)]).toString("base64url");
  }

  /** Whether a nonce was minted for this client, and not long ago. */
  isFresh(nonce: string, client: Endpoint): boolean {
    const bytes = Buffer.from(nonce, "base64url");
    if (bytes.length !== timeBytes + codeBytes) return false;
    const time = bytes.subarray(0, timeBytes);
    const ageMs = this.#now() - time.readUInt32BE() * 1000;
    return ageMs < lifetimeMs && this.#codeOf(time, client).equals(bytes.subarray(timeBytes));
  }

  #codeOf(time: Buffer, { hostname, port }: Endpoint): Buffer {
    const code = createHmac("sha256", this.#key).update(time).update(`${hostname} ${port}`);
    return code.digest().subarray(0, codeBytes);
  }
}
