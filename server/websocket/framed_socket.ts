/**
 * One WebSocket connection of the server (RFC 6455) over a byte stream. Invariants:
 * 1 Nothing throws out of here and no promise rejects: whatever the peer or the system does ends in
 *   one call of `closed`, and the stream is closed soon after.
 * 2 `backlog` is exact: bytes that were given to send() and that the system has not taken yet.
 * 3 A close frame is the last one that is sent. The peer has `closeMs` to read it and to close its
 *   side; what still comes in meanwhile is read and dropped, since a system that closes a stream
 *   with unread bytes resets it, and the peer would never see the close code.
 * 4 A peer that is silent for one beat of the pulse is pinged, and after the next one it is gone.
 *   If it is sent something earlier, the ping goes along, so that an idle peer costs one write.
 */
import {
  closeFrame,
  type Frame,
  frameBytes,
  joinFrames,
  pingFrame,
  pongFrame,
  sharedFrame,
} from "./frame.ts";
import { type FaultCode, FrameReader } from "./frame_reader.ts";

/** The part of Deno.Conn that is used. */
export interface ByteStream {
  read(buffer: Uint8Array): Promise<number | null>;
  write(bytes: Uint8Array): Promise<number>;
  /** Ends the own direction, so that the peer sees the end of the stream. */
  closeWrite(): Promise<void>;
  close(): void;
}

/** What a socket calls. */
export interface SocketEvents {
  text(text: string): void;
  /**
   * The peer breaks the protocol or a limit; unless close() is called now, the socket closes
   * itself.
   */
  fault(code: FaultCode, reason: string): void;
  /**
   * The end, once: the peer's close frame has come, or its connection has ended. `code`: that of
   * the close frame, 1006 if there was none (section 7.1.5).
   */
  closed(code: number): void;
}

interface FramedSocketOptions {
  readonly stream: ByteStream;
  readonly events: SocketEvents;
  /** The most bytes that a message of the peer may have. */
  readonly messageBytes: number;
}

/** How long the peer has for its part of a closing handshake, ms. */
const closeMs = 2_000;
/** Frames that are ready together are written together, up to so many bytes. */
const batchBytes = 65_536;
/** An idle socket waits with a small buffer; a busy one gets larger ones. */
const readBytesLeast = 256;
const readBytesMost = 65_536;
/**
 * More unanswered pings of the peer than this are not worth their memory: only the newest counts
 * (section 5.5.3).
 */
const pongBacklogMost = 4_096;

/** A connection whose handshake is done. */
export class FramedSocket {
  readonly #stream: ByteStream;
  readonly #events: SocketEvents;
  readonly #reader: FrameReader;
  readonly #queue: Frame[] = [];
  #backlog = 0;
  #isWriting = false;
  /** A close frame is in the queue, or was sent. */
  #isClosing = false;
  #isClosed = false;
  #isReported = false;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  /** Bytes have come since the last beat. */
  #isAlive = true;
  /** No bytes have come since this ping. `late`: for a whole beat. */
  #ping: "none" | "sent" | "late" = "none";

  constructor({ stream, events, messageBytes }: FramedSocketOptions) {
    this.#stream = stream;
    this.#events = events;
    this.#reader = new FrameReader({
      messageBytes,
      sink: {
        text: (text) => this.#isClosing || events.text(text),
        ping: (payload) => {
          if (!this.#isClosing && this.#backlog < pongBacklogMost) this.#write(pongFrame(payload));
        },
        pong: () => {},
        close: (code) => this.#peerCloses(code),
        fault: (code, reason) => {
          if (this.#isClosing) return;
          events.fault(code, reason);
          this.close(code, reason);
        },
      },
    });
  }

  /** Starts to read. `early`: bytes that came behind the handshake and belong to frames. */
  start(early: Uint8Array = new Uint8Array()): void {
    if (this.#isClosed) return;
    this.#reader.read(early);
    void this.#readAll();
  }

  /** Bytes that wait to be written. */
  get backlog(): number {
    return this.#backlog;
  }

  /** Sends one text message. */
  send(text: string): void {
    if (this.#isClosing) return;
    const ping = !this.#isAlive && this.#ping === "none";
    if (ping) this.#ping = "sent";
    this.#write(sharedFrame(text, { ping }));
  }

  /** Starts the closing handshake; does nothing when called again. `reason`: at most 123 bytes. */
  close(code: number, reason: string): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#write(closeFrame(code, reason));
    this.#deadline = setTimeout(() => this.terminate(), closeMs);
  }

  /** Closes the stream at once. */
  terminate(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#isClosing = true;
    clearTimeout(this.#deadline);
    this.#queue.length = 0;
    this.#backlog = 0;
    try {
      this.#stream.close();
    } catch {
      // The system has closed it already.
    }
    this.#report(1006);
  }

  #report(code: number): void {
    if (this.#isReported) return;
    this.#isReported = true;
    this.#events.closed(code);
  }

  /** One beat of the pulse: pings a silent peer, ends a dead one. */
  beat(): void {
    if (this.#isAlive) {
      this.#isAlive = false;
      return;
    }
    if (this.#ping === "late") return this.terminate();
    if (this.#ping === "none" && !this.#isClosing) this.#write(pingFrame);
    this.#ping = "late";
  }

  async #readAll(): Promise<void> {
    let buffer = new Uint8Array(readBytesLeast);
    try {
      while (!this.#isClosed) {
        const count = await this.#stream.read(buffer);
        if (count === null) break;
        this.#isAlive = true;
        this.#ping = "none";
        if (!this.#isClosing) this.#reader.read(buffer.subarray(0, count));
        const next = nextBufferBytes(buffer.length, { count, missing: this.#reader.missing });
        if (next !== buffer.length) buffer = new Uint8Array(next);
      }
    } catch {
      // The connection was reset, or we have closed it.
    }
    this.terminate();
  }

  /** The peer closes: it gets its code back and then the end of the stream (section 5.5.1). */
  #peerCloses(code: number): void {
    this.close(code === 1005 ? 1000 : code, "");
    this.#report(code);
  }

  #write(frame: Frame): void {
    this.#queue.push(frame);
    this.#backlog += frameBytes(frame);
    if (this.#isWriting) return;
    this.#isWriting = true;
    // After the current step of the server, which may have more for this socket.
    queueMicrotask(() => void this.#writeAll());
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#queue.length > 0) {
        let rest = this.#nextBatch();
        while (rest.length > 0) {
          const count = await this.#stream.write(rest);
          if (this.#isClosed) return;
          this.#backlog -= count;
          rest = rest.subarray(count);
        }
      }
      this.#isWriting = false;
      if (this.#isClosing) await this.#stream.closeWrite();
    } catch {
      this.terminate();
    }
  }

  /** All frames that wait, or as many as a batch holds. */
  #nextBatch(): Uint8Array {
    const [first = ""] = this.#queue;
    // A frame that others are sent too is written as it is.
    if (this.#queue.length === 1 && typeof first !== "string") {
      this.#queue.length = 0;
      return first;
    }
    let count = 0;
    let bytes = 0;
    for (const frame of this.#queue) {
      const length = frameBytes(frame);
      if (count > 0 && bytes + length > batchBytes) break;
      bytes += length;
      count++;
    }
    return joinFrames(this.#queue.splice(0, count), bytes);
  }
}

/** `count`: what the last read gave; `missing`: what is known to come. */
function nextBufferBytes(
  length: number,
  { count, missing }: { count: number; missing: number },
): number {
  let next = count === length ? length * 4 : length;
  // Some clients send a header before its payload, which is then read as a whole.
  while (next < missing) next *= 4;
  if (missing === 0 && count < length / 8) next = readBytesLeast;
  return Math.min(readBytesMost, next);
}
