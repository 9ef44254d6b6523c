/**
 * Reads the frames of one client (RFC 6455, section 5) from any split of its byte stream.
 * Invariants:
 * 1 The same bytes give the same calls, wherever the stream is split.
 * 2 What a message would take is checked as soon as a frame's header is known, before any of its
 *   payload is kept; never more than `messageBytes` of payload are kept.
 * 3 After a fault or a close frame nothing more is read.
 */
import { Buffer, isUtf8 } from "node:buffer";
import { controlBytesMost, finBit, length16, length64, maskBit, opcode } from "./frame.ts";
import { unmask, unmaskBytesMost } from "./mask.ts";

/** Close codes that the reader itself asks for (section 7.4.1). */
export type FaultCode = 1002 | 1003 | 1007 | 1009;

/** What a reader calls with what it has read. */
export interface FrameSink {
  /** A complete text message. */
  text(text: string): void;
  ping(payload: Uint8Array): void;
  pong(): void;
  /** A close frame; `code` is 1005 if the frame has none. */
  close(code: number, reason: string): void;
  /** The stream breaks the protocol or a limit. `reason` says how, in at most 123 bytes. */
  fault(code: FaultCode, reason: string): void;
}

/** Bits of the first byte that only extensions define. */
const reservedBits = 0x70;
const opcodeBits = 0x0f;
/** Control frames have this bit in their opcode. */
const controlBit = 0x8;
/** Two bytes, eight of a long length, four of a mask. */
const headerBytesMost = 14;

const empty = Buffer.alloc(0);

/** A frame whose payload is being read. */
interface Frame {
  readonly code: number;
  readonly isLast: boolean;
  readonly mask: number;
  /** Bytes of payload in all, and those that have come. */
  readonly length: number;
  read: number;
}

/** Reads one connection. */
export class FrameReader {
  readonly #sink: FrameSink;
  readonly #messageBytes: number;
  readonly #header = new Uint8Array(headerBytesMost);
  #headerRead = 0;
  #frame: Frame | undefined;
  /** Payload of a control frame that has not come as a whole. */
  #control = empty;
  /** Bytes of the message that has begun; undefined between messages. */
  #messageLength: number | undefined;
  #text = "";
  #decoder: TextDecoder | undefined;
  #isOver = false;

  /** `messageBytes`: the most bytes of UTF-8 that a message may have. */
  constructor({ messageBytes, sink }: { messageBytes: number; sink: FrameSink }) {
    this.#messageBytes = messageBytes;
    this.#sink = sink;
  }

  /** Whether a fault or a close frame has ended the stream. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** How many bytes of a frame that has begun are still to come; 0 if its header is not known. */
  get missing(): number {
    return this.#frame === undefined ? 0 : this.#frame.length - this.#frame.read;
  }

  /** Takes the next bytes. They are not kept, and may be overwritten afterwards. */
  read(chunk: Uint8Array): void {
    let at = 0;
    while (!this.#isOver) {
      if (this.#frame === undefined) {
        at = this.#readHeader(chunk, at);
        // A frame without payload is complete with its header.
        if (this.#frame === undefined) return;
      } else if (at === chunk.length) {
        return;
      }
      at = this.#readPayload(this.#frame, chunk, at);
    }
  }

  #readHeader(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length) {
      this.#header[this.#headerRead++] = chunk[at++] ?? 0;
      if (this.#headerRead === 2 && !this.#checkStart()) return at;
      if (this.#headerRead >= 2 && this.#headerRead === this.#headerLength()) {
        this.#headerRead = 0;
        this.#begin();
        return at;
      }
    }
    return at;
  }

  /** Checks what the first two bytes tell (section 5.2). */
  #checkStart(): boolean {
    const first = this.#headerByte(0);
    const second = this.#headerByte(1);
    const code = first & opcodeBits;
    const isControl = (code & controlBit) !== 0;
    const length = second & ~maskBit;
    if ((first & reservedBits) !== 0) return this.#fail(1002, "a reserved bit is set");
    if ((code > opcode.binary && !isControl) || code > opcode.pong) {
      return this.#fail(1002, `opcode ${code} is reserved`);
    }
    if ((second & maskBit) === 0) return this.#fail(1002, "a client's frame is not masked");
    if (isControl) {
      if ((first & finBit) === 0) return this.#fail(1002, "a control frame is fragmented");
      return length <= controlBytesMost ||
        this.#fail(1002, `a control frame has more than ${controlBytesMost} bytes`);
    }
    const isContinuation = code === opcode.continuation;
    if (isContinuation !== (this.#messageLength !== undefined)) {
      return this.#fail(1002, isContinuation ? "nothing to continue" : "a message is not complete");
    }
    return code !== opcode.binary || this.#fail(1003, "binary messages are not accepted");
  }

  #headerByte(index: number): number {
    return this.#header[index] ?? 0;
  }

  #headerLength(): number {
    const length = this.#headerByte(1) & ~maskBit;
    return 6 + (length === length16 ? 2 : length === length64 ? 8 : 0);
  }

  #begin(): void {
    const first = this.#headerByte(0);
    const short = this.#headerByte(1) & ~maskBit;
    const maskAt = this.#headerLength() - 4;
    const length = short < length16 ? short : this.#number(2, maskAt);
    const code = first & opcodeBits;
    if (length !== short && length < length16) {
      return void this.#fail(1002, "a length is not in its shortest form");
    }
    if (short === length64 && length <= 0xffff) {
      return void this.#fail(1002, "a length is not in its shortest form");
    }
    if ((code & controlBit) === 0) {
      const total = (this.#messageLength ?? 0) + length;
      if (total > this.#messageBytes) {
        return void this.#fail(1009, `a message has more than ${this.#messageBytes} bytes`);
      }
      this.#messageLength = total;
    } else {
      this.#control = Buffer.alloc(length);
    }
    const mask = this.#number(maskAt, maskAt + 4);
    this.#frame = { code, isLast: (first & finBit) !== 0, mask, length, read: 0 };
  }

  /** The big-endian number in some bytes of the header; not exact above 2^53. */
  #number(from: number, to: number): number {
    let value = 0;
    for (let index = from; index < to; index++) value = value * 256 + this.#headerByte(index);
    return value;
  }

  #readPayload(frame: Frame, chunk: Uint8Array, from: number): number {
    const end = Math.min(chunk.length, from + Math.min(frame.length - frame.read, unmaskBytesMost));
    const part = unmask(chunk.subarray(from, end), { mask: frame.mask, offset: frame.read });
    const isControl = (frame.code & controlBit) !== 0;
    if (isControl) this.#control.set(part, frame.read);
    frame.read += part.length;
    const isComplete = frame.read === frame.length;
    if (isComplete) this.#frame = undefined;
    if (isControl) {
      if (isComplete) this.#handleControl(frame.code);
    } else {
      this.#readText(part, isComplete && frame.isLast);
    }
    return end;
  }

  /** Text is decoded as it comes, so that malformed UTF-8 is refused at once (section 8.1). */
  #readText(part: Buffer, isLast: boolean): void {
    if (isLast && this.#decoder === undefined) {
      if (!isUtf8(part)) return this.#failText();
      this.#text = part.toString();
    } else {
      try {
        this.#decoder ??= new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
        this.#text += this.#decoder.decode(part, { stream: !isLast });
      } catch {
        return this.#failText();
      }
    }
    if (!isLast) return;
    const text = this.#text;
    this.#text = "";
    this.#decoder = undefined;
    this.#messageLength = undefined;
    this.#sink.text(text);
  }

  #failText(): void {
    this.#fail(1007, "a text message is not UTF-8");
  }

  #handleControl(code: number): void {
    const payload = this.#control;
    this.#control = empty;
    if (code === opcode.ping) this.#sink.ping(payload);
    else if (code === opcode.pong) this.#sink.pong();
    else this.#handleClose(payload);
  }

  #handleClose(payload: Buffer): void {
    if (payload.length === 1) return void this.#fail(1002, "a close code has two bytes");
    const code = payload.length === 0 ? 1005 : payload.readUInt16BE();
    if (payload.length > 0 && !isCloseCode(code)) {
      return void this.#fail(1002, `${code} is not a close code`);
    }
    const reason = payload.subarray(2);
    if (!isUtf8(reason)) return void this.#fail(1007, "a close reason is not UTF-8");
    this.#isOver = true;
    this.#sink.close(code, reason.toString());
  }

  #fail(code: FaultCode, reason: string): false {
    this.#isOver = true;
    this.#text = "";
    this.#decoder = undefined;
    this.#sink.fault(code, reason);
    return false;
  }
}

/** Whether an endpoint may send this code in a close frame (section 7.4 and the IANA registry). */
function isCloseCode(code: number): boolean {
  if (code >= 3000) return code <= 4999;
  return code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006;
}
