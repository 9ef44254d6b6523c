/** Bytes as the sealing code joins, splits and writes them; docs/trust.md has the formats. */

/** WebCrypto takes no shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A text is taken as UTF-8, a number as 64 bits, big-endian. */
export type Part = string | number | Bytes;

const lengthBytes = 4;

/** The bytes of one part, without its length. */
export function bytesOf(part: Part): Bytes {
  if (typeof part === "string") return new TextEncoder().encode(part);
  if (typeof part !== "number") return part;
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(part));
  return bytes;
}

/** The bytes, one after the other. */
export function joined(...all: readonly Bytes[]): Bytes {
  const result = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const bytes of all) {
    result.set(bytes, at);
    at += bytes.length;
  }
  return result;
}

/** Each part after its length in bytes (32 bits, big-endian): no two lists give the same bytes. */
export function packed(...parts: readonly Part[]): Bytes {
  return joined(...parts.flatMap((part) => {
    const bytes = bytesOf(part);
    const length = new Uint8Array(lengthBytes);
    new DataView(length.buffer).setUint32(0, bytes.length);
    return [length, bytes];
  }));
}

/** The first `count` parts that `packed` has joined, before any padding. Undefined: malformed. */
export function unpacked(bytes: Bytes, count: number): Bytes[] | undefined {
  const parts: Bytes[] = [];
  let at = 0;
  while (parts.length < count) {
    if (at + lengthBytes > bytes.length) return undefined;
    const start = at + lengthBytes;
    at = start + new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
    if (at > bytes.length) return undefined;
    parts.push(bytes.slice(start, at));
  }
  return parts;
}

/** The number in eight bytes, as `packed` writes it. */
export function numberIn(bytes: Bytes): number {
  return bytes.length === 8
    ? Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0))
    : NaN;
}

/** The text in UTF-8 bytes. */
export function textIn(bytes: Bytes): string {
  return new TextDecoder().decode(bytes);
}

/** Base64url without padding (RFC 4648, section 5). */
export function toBase64url(bytes: Bytes): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The bytes of a base64url text; undefined: it is none. */
export function fromBase64url(text: string): Bytes | undefined {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (digit) => digit.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** Lower-case hexadecimal digits. */
export function toHex(bytes: Bytes): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** SHA-256 (FIPS 180-4). */
export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
