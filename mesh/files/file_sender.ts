/**
 * Reads the bytes of one file and sends them. Invariants:
 * 1 Memory holds at most one block; the bytes that wait in the channel, or are on their way to the
 *   receiver's disk, are bounded.
 * 2 The hash covers each byte once, in order, however often the receiver asks for it again.
 */
import { fileLimits } from "./file_message.ts";
import type { FileChannel } from "./link_channel.ts";
import { RunningHash } from "./running_hash.ts";
import type { Source } from "./source.ts";

/** Bytes read at once; hashing them takes a few milliseconds at most. */
const readBytes = 256 * 1024;
/** While more bytes than this wait in the channel, nothing is added. */
const bufferedMost = 1024 * 1024;

/** How to send to one channel. */
export interface SendOptions {
  /** The first byte to send. */
  readonly from: number;
  /** False once the channel is lost or the transfer is no longer under way. */
  readonly isCurrent: () => boolean;
}

interface Block {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The position after the last byte. */
  readonly to: number;
  readonly isCurrent: () => boolean;
}

/** Sends one file, from the start or from where an earlier channel was lost. */
export class FileSender {
  readonly #source: Source;
  readonly #hash = new RunningHash();
  #sha256: string | undefined;
  #hashed = 0;
  #confirmed = 0;
  #wake = () => {};

  constructor(source: Source) {
    this.#source = source;
  }

  /** Bytes on the receiver's disk. */
  get confirmed(): number {
    return this.#confirmed;
  }

  /** SHA-256 of the file, 64 hexadecimal digits; undefined until every byte was sent. */
  get sha256(): string | undefined {
    return this.#sha256;
  }

  /** The receiver has so many bytes; false if it cannot, because fewer were sent. */
  confirm(bytes: number): boolean {
    if (bytes > this.#hashed) return false;
    this.#confirmed = bytes;
    this.wake();
    return true;
  }

  /** Makes a send that waits check again whether it may continue. */
  wake(): void {
    this.#wake();
  }

  /** Sends every byte from `from` on. `stopped`: the channel or the transfer is over. */
  async send(
    channel: FileChannel,
    { from, isCurrent }: SendOptions,
  ): Promise<"sent" | "stopped" | "unreadable"> {
    const { size } = this.#source;
    try {
      for (let at = from; at < size;) {
        const to = Math.min(at + readBytes, size);
        const bytes = await this.#source.read(at, to);
        if (!isCurrent()) return "stopped";
        if (bytes.length !== to - at) return "unreadable";
        this.#addToHash(bytes, at);
        at = to;
        if (!await this.#sendBlock(channel, { bytes, to, isCurrent })) return "stopped";
      }
    } catch {
      return isCurrent() ? "unreadable" : "stopped";
    }
    this.#sha256 ??= this.#hash.end();
    return "sent";
  }

  #addToHash(bytes: Uint8Array, from: number): void {
    const to = from + bytes.length;
    if (to <= this.#hashed) return;
    this.#hash.add(bytes.subarray(Math.max(0, this.#hashed - from)));
    this.#hashed = to;
  }

  /** Sends message by message as there is room; false if the channel is lost. */
  async #sendBlock(channel: FileChannel, { bytes, to, isCurrent }: Block): Promise<boolean> {
    for (let sent = 0; sent < bytes.length;) {
      const message = bytes.subarray(sent, sent + channel.messageBytes);
      sent += message.length;
      const position = to - bytes.length + sent;
      while (isCurrent() && !this.#hasRoom(channel, position)) {
        await new Promise<void>((resolve) => this.#wake = resolve);
      }
      if (!isCurrent() || !channel.send(message)) return false;
    }
    return true;
  }

  #hasRoom(channel: FileChannel, position: number): boolean {
    return channel.bufferedAmount <= bufferedMost &&
      position - this.#confirmed <= fileLimits.windowBytes;
  }
}
