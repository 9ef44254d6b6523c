/** The first bytes of a connection, and the head of an HTTP/1.1 request (RFC 9112) in them. */
import type { ByteStream } from "../websocket/framed_socket.ts";

/** What a connection begins with. */
export type Opening =
  /** A whole head; `bytes` is all that was read, and the head ends at `end`. */
  | { readonly kind: "http"; readonly bytes: Uint8Array; readonly end: number }
  /** Two zero bits: a message of STUN (RFC 8489, section 5), or of TLS. */
  | { readonly kind: "binary"; readonly bytes: Uint8Array }
  /** More than `headBytesMost` without the end of a head. */
  | { readonly kind: "too-large" }
  /** The client has closed the connection before its head was complete. */
  | { readonly kind: "ended" };

/** The most bytes of a request's head. */
export const headBytesMost = 16_384;

/** Most heads of browsers fit. */
const readBytes = 2_048;
const [cr, lf] = [0x0d, 0x0a];

/** Reads until it is known what a connection begins with. Rejects as the stream does. */
export async function readOpening(stream: Pick<ByteStream, "read">): Promise<Opening> {
  let bytes: Uint8Array = new Uint8Array();
  const buffer = new Uint8Array(readBytes);
  for (;;) {
    const count = await stream.read(buffer);
    if (count === null) return { kind: "ended" };
    const before = bytes.length;
    const more = new Uint8Array(before + count);
    more.set(bytes);
    more.set(buffer.subarray(0, count), before);
    bytes = more;
    const [first = 0] = bytes;
    if (first < 0x40 && first !== cr && first !== lf) return { kind: "binary", bytes };
    const end = endOfHead(bytes, before);
    if (end !== undefined && end <= headBytesMost) return { kind: "http", bytes, end };
    if (bytes.length >= headBytesMost) return { kind: "too-large" };
  }
}

/**
 * The index after the empty line that ends a head. Empty lines before a request are skipped (RFC
 * 9112, section 2.2). `known`: so many bytes were searched before.
 */
function endOfHead(bytes: Uint8Array, known: number): number | undefined {
  const start = bytes.findIndex((byte) => byte !== cr && byte !== lf);
  if (start < 0) return undefined;
  const from = Math.max(start, known - 3);
  for (let at = bytes.indexOf(cr, from); at >= 0; at = bytes.indexOf(cr, at + 1)) {
    if (bytes[at + 1] === lf && bytes[at + 2] === cr && bytes[at + 3] === lf) return at + 4;
  }
  return undefined;
}

/** A head of HTTP/1.1, read. */
export interface RequestHead {
  readonly method: string;
  /** As it is in the request line. */
  readonly target: string;
  readonly headers: Headers;
}

/** RFC 9110, section 5.6.2. */
const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const requestLine = new RegExp(`^(${token}) (\\S+) HTTP/1\\.1$`);
const fieldLine = new RegExp(`^(${token}):[ \\t]*(.*?)[ \\t]*$`);
const latin1 = new TextDecoder("latin1");

/**
 * Parses a head; undefined if it is not one of HTTP/1.1, which is for `Deno.serve` to answer.
 * A field that is repeated has its values in one list.
 */
export function parseHead(bytes: Uint8Array): RequestHead | undefined {
  const [first = "", ...lines] = latin1.decode(bytes).trim().split("\r\n");
  const [, method, target] = requestLine.exec(first) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const headers = new Headers();
  for (const line of lines) {
    const [, name, value] = fieldLine.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    try {
      headers.append(name, value);
    } catch {
      return undefined;
    }
  }
  return { method, target, headers };
}
