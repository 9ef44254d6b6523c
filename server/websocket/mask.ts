/** Masking (RFC 6455, section 5.3), four bytes at a time. */
import { Buffer } from "node:buffer";

/** The most bytes that are unmasked at once. */
export const unmaskBytesMost = 65_536;

// One for all connections: to allocate a copy takes longer than to unmask it. Its start is a
// multiple of four, which that of a frame in a chunk mostly is not.
const scratch = Buffer.alloc(unmaskBytesMost);
const words = new Uint32Array(scratch.buffer, scratch.byteOffset, unmaskBytesMost / 4);

/**
 * A masked or unmasked copy of `bytes`, valid until the next call. `bytes`: `unmaskBytesMost` at
 * most; `mask`: the key as a big-endian number; `offset`: how many bytes of the payload came
 * before.
 */
export function unmask(
  bytes: Uint8Array,
  { mask, offset }: { mask: number; offset: number },
): Buffer {
  const { length } = bytes;
  scratch.set(bytes);
  const key = rotate(mask, offset % 4);
  const wordKey = isLittleEndian ? swap(key) : key;
  // The last word may go on behind the bytes, where nothing is kept.
  const count = (length + 3) >> 2;
  for (let index = 0; index < count; index++) words[index]! ^= wordKey;
  return scratch.subarray(0, length);
}

const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

function rotate(key: number, bytes: number): number {
  return bytes === 0 ? key : (key << bytes * 8) | (key >>> (32 - bytes * 8));
}

function swap(key: number): number {
  return (key >>> 24) | ((key >>> 8) & 0xff00) | ((key << 8) & 0xff0000) | (key << 24);
}
