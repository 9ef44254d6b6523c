/** Where Redis Cluster keeps a key. */

/** How many slots there are. */
export const slots = 16_384;

/** CRC-16/XMODEM of each byte. */
const table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc;
});

const encoder = new TextEncoder();

/** The slot of a key or channel: of what is between its first braces, if it has any. */
export function slotOf(key: string): number {
  const start = key.indexOf("{");
  const end = start < 0 ? -1 : key.indexOf("}", start + 1);
  const tag = end > start + 1 ? key.slice(start + 1, end) : key;
  let crc = 0;
  for (const byte of encoder.encode(tag)) {
    crc = ((crc << 8) ^ (table[((crc >> 8) ^ byte) & 0xff] ?? 0)) & 0xffff;
  }
  return crc % slots;
}
