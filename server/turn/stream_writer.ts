/** Writes messages to a stream as fast as it takes them, and drops those that it does not. */
import { writeWhole } from "../door/streams.ts";
import type { ByteStream } from "../websocket/framed_socket.ts";

/** Bytes that may wait; a message that does not fit is dropped whole. */
const waitingMost = 256 * 1024;
const sizeLeast = 4_096;
/** A larger buffer is not kept when nothing waits. */
const sizeKept = 16_384;

/** Copies messages, so their bytes may be used again. What is ready together is one write. */
export class StreamWriter {
  readonly #to: Pick<ByteStream, "write">;
  readonly #onEnd: () => void;
  #waiting = new Uint8Array();
  #length = 0;
  #isWriting = false;

  /** `onEnd` is called once a write has failed. */
  constructor(to: Pick<ByteStream, "write">, onEnd: () => void) {
    this.#to = to;
    this.#onEnd = onEnd;
  }

  /** False: it was dropped. */
  write(message: Uint8Array): boolean {
    const length = this.#length + message.length;
    if (length > waitingMost) return false;
    if (length > this.#waiting.length) this.#grow(length);
    this.#waiting.set(message, this.#length);
    this.#length = length;
    if (!this.#isWriting) void this.#writeAll();
    return true;
  }

  #grow(length: number): void {
    const size = Math.max(sizeLeast, length, 2 * this.#waiting.length);
    const larger = new Uint8Array(Math.min(waitingMost, size));
    larger.set(this.#waiting.subarray(0, this.#length));
    this.#waiting = larger;
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    // Messages that come in the same turn are written together.
    await undefined;
    let spare = new Uint8Array();
    try {
      while (this.#length > 0) {
        const [full, length] = [this.#waiting, this.#length];
        [this.#waiting, this.#length] = [spare, 0];
        await writeWhole(this.#to, full.subarray(0, length));
        spare = full.length > sizeKept ? new Uint8Array() : full;
      }
      // A stream with one packet at a time needs no new buffer for each.
      if (this.#waiting.length === 0 || this.#waiting.length > sizeKept) this.#waiting = spare;
      this.#isWriting = false;
    } catch {
      this.#length = 0;
      this.#waiting = new Uint8Array();
      this.#onEnd();
    }
  }
}
