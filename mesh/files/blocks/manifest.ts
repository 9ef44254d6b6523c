/**
 * The hashes of all blocks of a file, and the hash of those, which names the file. Invariant: who
 * has the right root can check the manifest, and with it each block, no matter who sent them.
 */
import { RunningHash } from "../running_hash.ts";

const hashBytes = 32;

/** Bytes of the manifest of so many blocks. */
export function manifestBytes(count: number): number {
  return count * hashBytes;
}

/** SHA-256, 64 hexadecimal digits. */
export async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // The browser's own is faster, and needs a secure page.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) {
    const hash = new RunningHash();
    hash.add(bytes);
    return hash.end();
  }
  return toHex(new Uint8Array(await subtle.digest("SHA-256", bytes)));
}

/** Hashes of blocks. */
export class Manifest {
  readonly bytes: Uint8Array<ArrayBuffer>;

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.bytes = bytes;
  }

  /** Of hashes as hashOf() gives them, in order. */
  static of(hashes: readonly string[]): Manifest {
    const bytes = new Uint8Array(manifestBytes(hashes.length));
    for (const [index, hash] of hashes.entries()) {
      for (let at = 0; at < hashBytes; at++) {
        bytes[index * hashBytes + at] = parseInt(hash.slice(2 * at, 2 * at + 2), 16);
      }
    }
    return new Manifest(bytes);
  }

  /** Whether these are the bytes of a block. */
  async isBlock(block: number, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    const at = block * hashBytes;
    return await hashOf(bytes) === toHex(this.bytes.subarray(at, at + hashBytes));
  }
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
