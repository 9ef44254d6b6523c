/**
 * What RFC 6455 says about a whole stream of bytes, written as plainly as possible: the fuzzer
 * compares the reader with it.
 */
import { opcode } from "../../../server/websocket/frame.ts";

/** What a reader calls for these bytes, in words. The stream may end in the middle of a frame. */
export function expectedCalls(stream: Uint8Array, messageBytes: number): string[] {
  const calls: string[] = [];
  let message: Uint8Array | undefined;
  for (let at = 0;;) {
    const frame = parse(stream.subarray(at), { message, messageBytes });
    if (frame === undefined) return calls;
    if ("fault" in frame) return [...calls, `fault ${frame.fault}`];
    const { code, payload, isLast, isWhole, length } = frame;
    at += length;
    if (code >= 8) {
      if (!isWhole) return calls;
      const call = control(code, payload);
      calls.push(call);
      if (/^(close|fault)/.test(call)) return calls;
      continue;
    }
    message = new Uint8Array([...message ?? [], ...payload]);
    const text = decode(message, isLast && isWhole);
    if (text === undefined) return [...calls, "fault 1007"];
    if (!isWhole) return calls;
    if (!isLast) continue;
    calls.push(`text ${text}`);
    message = undefined;
  }
}

interface Parsed {
  readonly code: number;
  readonly isLast: boolean;
  /** Unmasked; what there is of it. */
  readonly payload: Uint8Array;
  readonly isWhole: boolean;
  /** Bytes of the frame, its header included. */
  readonly length: number;
}

/** The first frame; undefined: its header is not complete. */
function parse(
  bytes: Uint8Array,
  { message, messageBytes }: { message: Uint8Array | undefined; messageBytes: number },
): Parsed | { fault: number } | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  const code = first & 15;
  const isControl = code >= 8;
  const isLast = first >= 128;
  if ((first & 0x70) !== 0 || ![0, 1, 2, 8, 9, 10].includes(code)) return { fault: 1002 };
  if (second < 128) return { fault: 1002 };
  const short = second - 128;
  if (isControl && (!isLast || short > 125)) return { fault: 1002 };
  if (!isControl && (code === 0) !== (message !== undefined)) return { fault: 1002 };
  if (code === 2) return { fault: 1003 };
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const header = 2 + lengthBytes + 4;
  if (bytes.length < header) return undefined;
  const long = bytes.subarray(2, 2 + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0);
  if (lengthBytes === 2 && long < 126 || lengthBytes === 8 && long < 65_536) return { fault: 1002 };
  const length = lengthBytes === 0 ? short : long;
  if (!isControl && length + (message?.length ?? 0) > messageBytes) return { fault: 1009 };
  const mask = bytes.subarray(header - 4, header);
  const payload = bytes.subarray(header, header + length)
    .map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  const isWhole = payload.length === length;
  return { code, isLast, payload, isWhole, length: header + length };
}

function control(code: number, payload: Uint8Array): string {
  if (code === opcode.ping) return `ping ${payload}`;
  if (code === opcode.pong) return "pong";
  if (payload.length === 0) return "close 1005 ";
  const [high = 0, low] = payload;
  if (low === undefined) return "fault 1002";
  const close = high * 256 + low;
  const allowed = close >= 3000 && close <= 4999 ||
    [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014].includes(close);
  if (!allowed) return "fault 1002";
  const reason = decode(payload.subarray(2), true);
  return reason === undefined ? "fault 1007" : `close ${close} ${reason}`;
}

/** Undefined: it is not UTF-8, or not the beginning of it. */
function decode(bytes: Uint8Array, isWhole: boolean): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
      .decode(bytes, { stream: !isWhole });
  } catch {
    return undefined;
  }
}
