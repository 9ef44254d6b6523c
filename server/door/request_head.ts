/**
 * The head of an HTTP/1 request (RFC 9112). What two programs could read in two ways is refused:
 * then the door, the server behind it and every proxy in front agree where a request ends.
 */
import { Buffer } from "node:buffer";

/** A head, read. */
export interface RequestHead {
  readonly method: string;
  /** As it is in the request line. */
  readonly target: string;
  /** Of the version: HTTP/1.0 or HTTP/1.1. */
  readonly minor: 0 | 1;
  readonly headers: Headers;
  /** How the end of the body is found: after so many bytes, or by its chunks. */
  readonly body: number | "chunked";
  /** The client wants no more than this on its connection (RFC 9112, section 9.3). */
  readonly isLast: boolean;
}

/** The most bytes of a head. */
export const headBytesMost = 16_384;

/** RFC 9110, section 5.6.2. */
const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
/** A target is sent as it was typed by some programs, so bytes beyond ASCII are let through. */
const requestLine = new RegExp(`^(${token}) ([\\x21-\\x7e\\x80-\\xff]+) HTTP/1\\.([01])$`);
const fieldLine = new RegExp(`^(${token}):[ \\t]*([\\t\\x20-\\x7e\\x80-\\xff]*?)[ \\t]*$`);
/** What must not be there twice, even with the same value. */
const single: readonly string[] = ["host", "content-length", "transfer-encoding"];

/** Parses a head with the empty line at its end; undefined: it is malformed or ambiguous. */
export function parseHead(bytes: Uint8Array): RequestHead | undefined {
  const [first = "", ...lines] = textOf(bytes).slice(0, -4).split("\r\n");
  const [, method, target, version] = requestLine.exec(first) ?? [];
  if (method === undefined || target === undefined) return undefined;
  const headers = new Headers();
  for (const line of lines) {
    const [, name, value] = fieldLine.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    if (single.includes(name.toLowerCase()) && headers.has(name)) return undefined;
    headers.append(name, value);
  }
  const minor = version === "1" ? 1 : 0;
  const host = headers.get("host");
  // RFC 9112, section 3.2.
  if (minor === 1 && host === null) return undefined;
  if (!isTarget(target, { method, host })) return undefined;
  const body = bodyOf(headers, minor);
  if (body === undefined) return undefined;
  const options = headers.get("connection")?.toLowerCase().split(/[ \t]*,[ \t]*/) ?? [];
  const isLast = options.includes("close") || minor === 0 && !options.includes("keep-alive");
  return { method, target, minor, headers, body, isLast };
}

/** Whether a line is a header field of HTTP/1, as in a head or after the last chunk. */
export function isFieldLine(line: Uint8Array): boolean {
  return fieldLine.test(textOf(line));
}

/** The forms of RFC 9112, section 3.2; that of CONNECT, for tunnels, is not accepted. */
function isTarget(
  target: string,
  { method, host }: { method: string; host: string | null },
): boolean {
  if (method === "CONNECT") return false;
  if (target.startsWith("/")) return true;
  if (target === "*") return method === "OPTIONS";
  // A proxy could believe the one host, and this server the other.
  const url = /^https?:\/\//i.test(target) ? URL.parse(target) : null;
  return url !== null &&
    (host === null || URL.parse(`${url.protocol}//${host}`)?.host === url.host);
}

/** RFC 9112, section 6.3. Undefined: two programs could find two ends. */
function bodyOf(headers: Headers, minor: 0 | 1): RequestHead["body"] | undefined {
  const length = headers.get("content-length");
  const coding = headers.get("transfer-encoding");
  if (coding !== null) {
    const isChunked = minor === 1 && length === null && coding.toLowerCase() === "chunked";
    return isChunked ? "chunked" : undefined;
  }
  if (length === null) return 0;
  return /^\d{1,15}$/.test(length) ? Number(length) : undefined;
}

/** ISO-8859-1: each byte is one character, as `Headers` wants them. */
function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}
