/** Reads what a connection begins with, and then the requests of HTTP/1 on it. */
import type { ByteStream } from "../websocket/framed_socket.ts";
import { BodyEnd } from "./body_end.ts";
import { headBytesMost, parseHead, type RequestHead } from "./request_head.ts";

/** What comes next on a connection. Bytes that are not part of it stay in `unread`. */
export type Opening =
  /** A request; `bytes` is its head, until the next read. */
  | { readonly kind: "request"; readonly head: RequestHead; readonly bytes: Uint8Array }
  /** No request, or one that is not accepted: an answer with this status is due. */
  | { readonly kind: "malformed"; readonly status: 400 | 431 }
  /** The client preface of HTTP/2 (RFC 9113, section 3.4), which stays unread. */
  | { readonly kind: "http2" }
  /** A message of STUN (RFC 8489, section 5), which stays unread. */
  | { readonly kind: "stun" }
  /** Another protocol: TLS, for example. */
  | { readonly kind: "foreign" }
  /** The client has ended its direction. */
  | { readonly kind: "ended" };

/** Most heads of browsers fit. */
const readBytesLeast = 2_048;
const readBytesMost = 16_384;
const [cr, lf] = [0x0d, 0x0a];
const encoder = new TextEncoder();
const preface = encoder.encode("PRI * HTTP/2.0\r\n\r\n");
/** The magic cookie of STUN, and where it is. */
const [cookie, cookieAt] = [0x2112a442, 4];

/** Reads one connection. */
export class RequestReader {
  readonly #stream: Pick<ByteStream, "read">;
  #buffer = new Uint8Array();
  #from = 0;
  #to = 0;
  #isFirst = true;
  #body = new BodyEnd(0);

  /** `early`: what was read of the stream. */
  constructor(stream: Pick<ByteStream, "read">, early: Uint8Array<ArrayBuffer> = new Uint8Array()) {
    this.#stream = stream;
    this.#buffer = early;
    this.#to = early.length;
  }

  /** Bytes that were read from the stream and belong to nothing that was returned. */
  get unread(): Uint8Array {
    return this.#buffer.subarray(this.#from, this.#to);
  }

  /**
   * Reads until it is known what comes next; `onBegin` is called with its first byte. Rejects as
   * the stream does.
   */
  async next(onBegin: () => void = () => {}): Promise<Opening> {
    let searched = 0;
    let hasBegun = false;
    for (;;) {
      if (!hasBegun && this.unread.length > 0) {
        hasBegun = true;
        onBegin();
      }
      if (this.#skipEmptyLines()) searched = 0;
      const opening = this.#judge(searched);
      if (opening !== undefined) {
        this.#isFirst = false;
        return opening;
      }
      searched = this.unread.length;
      if (!await this.#readMore()) return { kind: "ended" };
    }
  }

  /**
   * The next bytes of the body of the last request, until the next read; undefined: it is complete,
   * or the client has ended. Rejects with `MalformedBody`, or as the stream does.
   */
  async bodyPart(): Promise<Uint8Array | undefined> {
    if (this.#body.isReached) return undefined;
    if (this.unread.length === 0 && !await this.#readMore()) return undefined;
    const { unread } = this;
    const count = this.#body.take(unread);
    this.#from += count;
    return unread.subarray(0, count);
  }

  /** Skips empty lines before a request (RFC 9112, section 2.2); whether there were any. */
  #skipEmptyLines(): boolean {
    const before = this.#from;
    while (this.unread[0] === cr && this.unread[1] === lf) this.#from += 2;
    return this.#from > before;
  }

  /** Undefined: more bytes have to come. `searched`: of these no line ends a head. */
  #judge(searched: number): Opening | undefined {
    const bytes = this.unread;
    const [first] = bytes;
    if (first === undefined) return undefined;
    if (this.#isFirst && first < 0x40 && first !== cr) return judgeBinary(bytes);
    const end = endOfHead(bytes, searched);
    if (end === "malformed") return { kind: "malformed", status: 400 };
    if (end === undefined || end > headBytesMost) {
      return bytes.length >= headBytesMost ? { kind: "malformed", status: 431 } : undefined;
    }
    const headBytes = bytes.subarray(0, end);
    if (this.#isFirst && isSame(headBytes, preface)) return { kind: "http2" };
    const head = parseHead(headBytes);
    if (head === undefined) return { kind: "malformed", status: 400 };
    this.#from += end;
    this.#body = new BodyEnd(head.body);
    return { kind: "request", head, bytes: headBytes };
  }

  /** False: the client has ended its direction. */
  async #readMore(): Promise<boolean> {
    this.#makeRoom();
    const count = await this.#stream.read(this.#buffer.subarray(this.#to));
    if (count === null) return false;
    this.#to += count;
    return true;
  }

  /** Room for the next read: an idle connection has a small buffer, a busy one a larger one. */
  #makeRoom(): void {
    const { unread } = this;
    if (unread.length === 0) {
      const wasFull = this.#to === this.#buffer.length && this.#to > 0;
      const size = wasFull ? readBytesMost : readBytesLeast;
      if (this.#buffer.length !== size) this.#buffer = new Uint8Array(size);
      this.#from = this.#to = 0;
    } else if (this.#to === this.#buffer.length) {
      const larger = new Uint8Array(Math.max(readBytesLeast, 2 * unread.length));
      larger.set(unread);
      this.#buffer = larger;
      this.#from = 0;
      this.#to = unread.length;
    }
  }
}

/** What begins with a byte that begins no method. */
function judgeBinary(bytes: Uint8Array): Opening | undefined {
  if (bytes.length < cookieAt + 4) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return { kind: view.getUint32(cookieAt) === cookie ? "stun" : "foreign" };
}

/** The index after the empty line that ends a head. `searched`: it is not among these bytes. */
function endOfHead(bytes: Uint8Array, searched: number): number | "malformed" | undefined {
  for (let at = bytes.indexOf(lf, searched); at >= 0; at = bytes.indexOf(lf, at + 1)) {
    if (bytes[at - 1] !== cr) return "malformed";
    if (bytes[at - 2] === lf) return at + 1;
  }
  return undefined;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
