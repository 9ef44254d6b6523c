/** Which requests still wait for their whole responses (RFC 9112, section 6.3). */
import { Buffer } from "node:buffer";
import { BodyEnd } from "./body_end.ts";

const headEnd = "\r\n\r\n";
/** Responses with these statuses have no body, whatever their headers say. */
const bodiless: readonly number[] = [204, 304];

/** Follows the responses of one connection, in any split of their bytes. */
export class PendingResponses {
  /** The methods of the requests, the oldest first. */
  readonly #methods: string[] = [];
  #head = "";
  #body: BodyEnd | undefined;

  /** How many there are. */
  get count(): number {
    return this.#methods.length;
  }

  /** A request was sent. */
  add(method: string): void {
    this.#methods.push(method);
  }

  /** Takes the next bytes of responses. */
  take(bytes: Uint8Array): void {
    for (let rest = bytes; rest.length > 0;) {
      if (this.#body === undefined) {
        rest = this.#takeHead(rest);
      } else {
        rest = rest.subarray(this.#body.take(rest));
      }
      if (this.#body?.isReached) {
        this.#body = undefined;
        this.#methods.shift();
      }
    }
  }

  /** Returns what comes after the head. */
  #takeHead(bytes: Uint8Array): Uint8Array {
    const before = this.#head.length;
    this.#head += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
    const end = this.#head.indexOf(headEnd, Math.max(0, before - headEnd.length));
    if (end < 0) return bytes.subarray(bytes.length);
    const head = this.#head.slice(0, end + headEnd.length);
    this.#head = "";
    const status = Number(head.slice(9, 12));
    // Another response follows an informational one, 100 for example.
    if (status >= 200) this.#body = new BodyEnd(this.#bodyOf(head, status));
    return bytes.subarray(end + headEnd.length - before);
  }

  #bodyOf(head: string, status: number): number | "chunked" {
    if (this.#methods[0] === "HEAD" || bodiless.includes(status)) return 0;
    if (/^transfer-encoding:[ \t]*chunked/im.test(head)) return "chunked";
    const [, length] = /^content-length:[ \t]*(\d+)/im.exec(head) ?? [];
    // Without a length the body goes on until the end of the connection.
    return length === undefined ? Infinity : Number(length);
  }
}
