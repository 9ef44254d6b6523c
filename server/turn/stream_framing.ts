/** Cuts the bytes of a stream into messages (RFC 8489, section 6.2.2; RFC 8656, section 12.5). */
import { isStun, stunLength } from "./stun_message.ts";

/** A client without an allocation has nothing longer to say, bytes. */
const untrustedBytes = 1_024;
/** What tells the length of a message: the head of ChannelData, or of STUN with its cookie. */
const [channelHead, stunHead] = [4, 20];

/** Who takes the messages of a stream. */
export interface MessageSink {
  /** Whether long messages are allowed by now. */
  isTrusted(): boolean;
  receive(message: Uint8Array): void;
}

/** The state of one stream. */
export class StreamFraming {
  /** For a message whose end has not come: the head that tells its length, then all of it. */
  #held = new Uint8Array();
  /** How much of it has come. */
  #filled = 0;

  /** Passes on each message that is complete. False: what comes is no message. */
  push(chunk: Uint8Array, sink: MessageSink): boolean {
    let bytes = chunk;
    while (bytes.length > 0) {
      if (this.#filled > 0) bytes = this.#fill(bytes);
      const held = this.#filled > 0 ? this.#held.subarray(0, this.#filled) : bytes;
      const length = lengthOf(held);
      if (length === "none") return false;
      const wanted = length ?? headOf(held);
      if (wanted > untrustedBytes && !sink.isTrusted()) return false;
      if (length !== undefined && held.length >= length) {
        sink.receive(held.subarray(0, length));
        if (this.#filled > 0) this.#filled = 0;
        else bytes = bytes.subarray(length);
      } else if (wanted > this.#held.length || this.#filled === 0) {
        const isNew = this.#filled === 0;
        this.#hold(held, wanted);
        if (isNew) return true;
      }
    }
    return true;
  }

  /** Returns what is left. */
  #fill(bytes: Uint8Array): Uint8Array {
    const count = Math.min(this.#held.length - this.#filled, bytes.length);
    this.#held.set(bytes.subarray(0, count), this.#filled);
    this.#filled += count;
    return bytes.subarray(count);
  }

  #hold(begin: Uint8Array, size: number): void {
    const held = new Uint8Array(size);
    held.set(begin);
    this.#held = held;
    this.#filled = begin.length;
  }
}

/**
 * Whether a channel number, and so a message of ChannelData, may begin with this byte. RFC 8656
 * ends at 0x4fff; clients of RFC 5766 choose up to 0x7fff.
 */
export function isChannel(first: number): boolean {
  return first >= 0x40 && first < 0x80;
}

/** How many bytes tell the length of a message that begins so. */
function headOf([first = 0]: Uint8Array): number {
  return first < 0x40 ? stunHead : channelHead;
}

/** With its padding; undefined: more bytes have to come; "none": this is no message. */
function lengthOf(bytes: Uint8Array): number | "none" | undefined {
  const [first = 0, , high = 0, low = 0] = bytes;
  if (first >= 0x80) return "none";
  if (isChannel(first)) {
    if (bytes.length < channelHead) return undefined;
    const length = channelHead + ((high << 8) | low);
    return length + (4 - length % 4) % 4;
  }
  if (bytes.length < stunHead) return undefined;
  return isStun(bytes) ? stunLength(bytes) : "none";
}
