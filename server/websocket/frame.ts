/**
 * Frames of WebSocket (RFC 6455, section 5) as a server writes them: unmasked and never fragmented.
 * No extension is negotiated.
 */

/** Opcodes (section 5.2). */
export const opcode = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const;

/** The most bytes that the payload of a control frame may have (section 5.5). */
export const controlBytesMost = 125;

/** The first bit of a frame: it is the last frame of its message. */
export const finBit = 0x80;
/** The first bit of the second byte: the payload is masked. */
export const maskBit = 0x80;
/** The value of the 7-bit length that announces a length field of 2 bytes. */
export const length16 = 126;
/** The same, for a field of 8 bytes. */
export const length64 = 127;

const encoder = new TextEncoder();

/** A whole text message as one frame. `payload` that is given as bytes has to be UTF-8. */
export function textFrame(payload: string | Uint8Array): Uint8Array<ArrayBuffer> {
  if (typeof payload !== "string") return frameOf(opcode.text, payload);
  // A UTF-16 code unit takes at most 3 bytes of UTF-8, so the longest possible header is known
  // first.
  const headerMost = headerBytes(payload.length * 3);
  const bytes = new Uint8Array(headerMost + payload.length * 3);
  const { written } = encoder.encodeInto(payload, bytes.subarray(headerMost));
  const start = headerMost - headerBytes(written);
  writeHeader(bytes.subarray(start), { code: opcode.text, length: written });
  return bytes.subarray(start, headerMost + written);
}

/** A close frame. `reason`: at most 123 bytes of UTF-8; a longer one is a RangeError. */
export function closeFrame(code: number, reason: string): Uint8Array<ArrayBuffer> {
  const words = encoder.encode(reason);
  if (words.length > controlBytesMost - 2) {
    throw new RangeError("a close reason has 123 bytes at most");
  }
  const payload = new Uint8Array(2 + words.length);
  new DataView(payload.buffer).setUint16(0, code);
  payload.set(words, 2);
  return frameOf(opcode.close, payload);
}

/** A ping frame with an empty payload. */
export const pingFrame: Uint8Array<ArrayBuffer> = frameOf(opcode.ping, new Uint8Array());

/** The answer to a ping with this payload (section 5.5.3). */
export function pongFrame(payload: Uint8Array): Uint8Array<ArrayBuffer> {
  return frameOf(opcode.pong, payload);
}

function frameOf(code: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = headerBytes(payload.length);
  const bytes = new Uint8Array(header + payload.length);
  writeHeader(bytes, { code, length: payload.length });
  bytes.set(payload, header);
  return bytes;
}

function headerBytes(length: number): number {
  return length < length16 ? 2 : length <= 0xffff ? 4 : 10;
}

function writeHeader(bytes: Uint8Array, { code, length }: { code: number; length: number }): void {
  bytes[0] = finBit | code;
  if (length < length16) {
    bytes[1] = length;
    return;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  bytes[1] = length <= 0xffff ? length16 : length64;
  if (length <= 0xffff) view.setUint16(2, length);
  else view.setBigUint64(2, BigInt(length));
}
