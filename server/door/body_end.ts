/** Finds the end of a request's body (RFC 9112, sections 6 and 7) in any split of its bytes. */
import { headBytesMost, isFieldLine, type RequestHead } from "./request_head.ts";

/** The chunks of a body break their syntax. */
export class MalformedBody extends Error {}

/** What is expected next: bytes of content, or a line. */
type Expected = "content" | "size" | "end of chunk" | "trailer" | "nothing";

/** A size in hexadecimal digits, and extensions that nobody uses. */
const sizeLine = /^([0-9a-f]{1,8})(?:[ \t]*;[\t\x20-\x7e]*)?$/i;
const lineBytesMost = 1_024;
const [cr, lf] = [0x0d, 0x0a];
const ascii = new TextDecoder();

/** Follows one body. */
export class BodyEnd {
  #expected: Expected;
  /** Bytes of content that are still to come, of the body or of a chunk. */
  #left = 0;
  readonly #isChunked: boolean;
  #line: number[] = [];
  #trailerBytes = 0;

  constructor(body: RequestHead["body"]) {
    this.#isChunked = body === "chunked";
    if (body !== "chunked") this.#left = body;
    this.#expected = body === "chunked" ? "size" : body === 0 ? "nothing" : "content";
  }

  /** Whether all of the body has come. */
  get isReached(): boolean {
    return this.#expected === "nothing";
  }

  /** Takes the next bytes; returns how many belong to the body. Throws `MalformedBody`. */
  take(bytes: Uint8Array): number {
    let at = 0;
    while (at < bytes.length && !this.isReached) {
      at = this.#expected === "content" ? this.#takeContent(bytes, at) : this.#takeLine(bytes, at);
    }
    return at;
  }

  #takeContent(bytes: Uint8Array, from: number): number {
    const count = Math.min(bytes.length - from, this.#left);
    this.#left -= count;
    if (this.#left === 0) this.#expected = this.#isChunked ? "end of chunk" : "nothing";
    return from + count;
  }

  #takeLine(bytes: Uint8Array, from: number): number {
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (this.#line.at(-1) === cr) {
        if (byte !== lf) throw new MalformedBody("a line ends without LF");
        const line = new Uint8Array(this.#line.slice(0, -1));
        this.#line = [];
        this.#handleLine(line);
        return at + 1;
      }
      if (byte === lf) throw new MalformedBody("a line ends without CR");
      if (this.#line.push(byte) > lineBytesMost) throw new MalformedBody("a line is too long");
    }
    return bytes.length;
  }

  #handleLine(line: Uint8Array): void {
    if (this.#expected === "size") {
      const [, size] = sizeLine.exec(ascii.decode(line)) ?? [];
      if (size === undefined) throw new MalformedBody("a chunk has no size");
      this.#left = parseInt(size, 16);
      this.#expected = this.#left === 0 ? "trailer" : "content";
    } else if (this.#expected === "end of chunk") {
      if (line.length > 0) throw new MalformedBody("a chunk is longer than its size");
      this.#expected = "size";
    } else if (line.length === 0) {
      this.#expected = "nothing";
    } else {
      this.#trailerBytes += line.length;
      if (this.#trailerBytes > headBytesMost || !isFieldLine(line)) {
        throw new MalformedBody("a trailer is malformed or too long");
      }
    }
  }
}
