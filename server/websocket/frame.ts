/**
 * Frames of WebSocket (RFC 6455, section 5) as a server writes them: unmasked and never fragmented.
 * No extension is negotiated.
 */
import { Buffer } from "node:buffer";

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

/** A text message that is not framed yet, or a frame. */
export type Frame = string | Uint8Array;

/** A whole text message as one frame. */
export function textFrame(text: string): Uint8Array<ArrayBuffer> {
  return joinFrames([text], frameBytes(text));
}

/** How many bytes a frame has. */
export function frameBytes(frame: Frame): number {
  if (typeof frame !== "string") return frame.length;
  const length = Buffer.byteLength(frame);
  return headerBytes(length) + length;
}

/** Frames one behind the other. `bytes`: what they have together. */
export function joinFrames(frames: readonly Frame[], bytes: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(bytes);
  let at = 0;
  for (const frame of frames) {
    if (typeof frame === "string") {
      const length = Buffer.byteLength(frame);
      at = writeHeader(joined, { at, code: opcode.text, length });
      encoder.encodeInto(frame, joined.subarray(at));
      at += length;
    } else {
      joined.set(frame, at);
      at += frame.length;
    }
  }
  return joined;
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

/** A text that was sent, and the frames that were made of it. */
interface Sent {
  readonly text: string;
  frame?: Uint8Array;
  withPing?: Uint8Array;
}

let last: Sent = { text: "" };

/**
 * The frame of a text, or the text itself if it is another one than last time: the members of a
 * room come one after another, and their copies of a broadcast are framed once. `ping`: a ping
 * follows it.
 */
export function sharedFrame(text: string, { ping }: { ping: boolean }): Frame {
  const isShared = text === last.text;
  if (!isShared) last = { text };
  if (ping) return last.withPing ??= joinFrames([text, pingFrame], frameBytes(text) + 2);
  return isShared ? last.frame ??= textFrame(text) : text;
}

/** The answer to a ping with this payload (section 5.5.3). */
export function pongFrame(payload: Uint8Array): Uint8Array<ArrayBuffer> {
  return frameOf(opcode.pong, payload);
}

function frameOf(code: number, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headerBytes(payload.length) + payload.length);
  bytes.set(payload, writeHeader(bytes, { at: 0, code, length: payload.length }));
  return bytes;
}

function headerBytes(length: number): number {
  return length < length16 ? 2 : length <= 0xffff ? 4 : 10;
}

/** Writes a header at `at`; returns where its payload begins. */
function writeHeader(
  bytes: Uint8Array<ArrayBuffer>,
  { at, code, length }: { at: number; code: number; length: number },
): number {
  const end = at + headerBytes(length);
  bytes[at] = finBit | code;
  if (length < length16) {
    bytes[at + 1] = length;
    return end;
  }
  bytes[at + 1] = length <= 0xffff ? length16 : length64;
  for (let index = end - 1, rest = length; index > at + 1; index--) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return end;
}
