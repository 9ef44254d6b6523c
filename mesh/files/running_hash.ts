/**
 * SHA-256 of a stream. Web Crypto wants the whole at once, and WebAssembly would need a wider
 * content security policy.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** A hash that grows with its stream. */
export class RunningHash {
  readonly #state = sha256.create();

  add(bytes: Uint8Array): void {
    this.#state.update(bytes);
  }

  /** 64 hexadecimal digits; nothing may be added afterwards. */
  end(): string {
    return bytesToHex(this.#state.digest());
  }
}
