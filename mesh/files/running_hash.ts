/**
 * SHA-256 of a stream. Web Crypto needs all bytes at once, and WebAssembly needs a weaker content
 * security policy.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** A hash of bytes that come in pieces. */
export class RunningHash {
  readonly #state = sha256.create();

  /** Adds the next bytes. */
  add(bytes: Uint8Array): void {
    this.#state.update(bytes);
  }

  /** The hash, 64 hexadecimal digits. Call it once, after the last bytes. */
  end(): string {
    return bytesToHex(this.#state.digest());
  }
}
