/** Frames as a client writes them, whole or broken on purpose. */
import { opcode } from "../../../server/websocket/frame.ts";

/** What a frame is to be like; left out: a whole, masked text frame. */
export interface ClientFrame {
  readonly code?: number;
  readonly payload?: string | Uint8Array;
  readonly fin?: boolean;
  /** Reserved bits, 0 to 7. */
  readonly reserved?: number;
  readonly masked?: boolean;
  /** The masking key, four bytes. */
  readonly key?: Uint8Array;
  /** Bytes of the length field: 0, 2 or 8; left out: the fewest. */
  readonly lengthBytes?: 0 | 2 | 8;
  /** The length that the header claims, if it is not that of the payload. */
  readonly claims?: bigint;
}

/** Its bytes. */
export function clientFrame(
  { code = opcode.text, payload = "", fin = true, reserved = 0, masked = true, ...more }:
    ClientFrame,
): Uint8Array<ArrayBuffer> {
  const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
  const length = more.claims ?? BigInt(bytes.length);
  const lengthBytes = more.lengthBytes ?? (length < 126n ? 0 : length <= 0xffffn ? 2 : 8);
  const key = masked ? more.key ?? [0x37, 0xfa, 0x21, 0x3d] : [];
  const head = new Uint8Array(2 + lengthBytes + key.length);
  const view = new DataView(head.buffer);
  head[0] = (fin ? 0x80 : 0) | (reserved << 4) | code;
  head[1] = (masked ? 0x80 : 0) |
    (lengthBytes === 0 ? Number(length) : lengthBytes === 2 ? 126 : 127);
  if (lengthBytes === 2) view.setUint16(2, Number(length));
  if (lengthBytes === 8) view.setBigUint64(2, length);
  head.set(key, 2 + lengthBytes);
  const body = masked ? bytes.map((byte, index) => byte ^ (key[index % 4] ?? 0)) : bytes;
  return joined([head, body]);
}

/** A close frame; without a code it has no payload. */
export function clientClose(
  code?: number,
  reason: string | Uint8Array = "",
): Uint8Array<ArrayBuffer> {
  if (code === undefined) return clientFrame({ code: opcode.close });
  const words = typeof reason === "string" ? new TextEncoder().encode(reason) : reason;
  return clientFrame({
    code: opcode.close,
    payload: joined([new Uint8Array([code >> 8, code & 0xff]), words]),
  });
}

/** One after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
