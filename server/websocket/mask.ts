/** Masking (RFC 6455, section 5.3), four bytes at a time. */

/**
 * A masked or unmasked copy of `bytes`. `mask`: the key as a big-endian number; `offset`: how many
 * bytes of the payload came before.
 */
export function unmask(
  bytes: Uint8Array,
  { mask, offset }: { mask: number; offset: number },
): Uint8Array<ArrayBuffer> {
  // A copy starts at an address that is a multiple of four; its parts of a chunk mostly do not.
  const copy = new Uint8Array(bytes);
  const key = rotate(mask, offset % 4);
  const words = new Uint32Array(copy.buffer, 0, copy.length >> 2);
  const wordKey = isLittleEndian ? swap(key) : key;
  for (let index = 0; index < words.length; index++) words[index]! ^= wordKey;
  for (let index = words.length * 4; index < copy.length; index++) {
    copy[index]! ^= key >>> (24 - (index % 4) * 8);
  }
  return copy;
}

const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

function rotate(key: number, bytes: number): number {
  return bytes === 0 ? key : (key << bytes * 8) | (key >>> (32 - bytes * 8));
}

function swap(key: number): number {
  return (key >>> 24) | ((key >>> 8) & 0xff00) | ((key << 8) & 0xff0000) | (key << 24);
}
