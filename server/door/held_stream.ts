/** A connection that has taken something, which is given back when the system has closed it. */
import type { ByteStream } from "../websocket/framed_socket.ts";
import { closeQuietly } from "./streams.ts";

/**
 * A stream that tells its end once. Deno's close() does not cancel a write: the descriptor of a
 * client that reads nothing stays open until it reads or goes, and so long the end does not come.
 */
export class HeldStream implements ByteStream {
  readonly #stream: ByteStream;
  readonly #onEnd: () => void;
  /** Writes that are pending. */
  #writes = 0;
  #isClosed = false;

  /** `onEnd` is called when the system has closed the stream. */
  constructor(stream: ByteStream, onEnd: () => void) {
    this.#stream = stream;
    this.#onEnd = onEnd;
  }

  read(buffer: Uint8Array): Promise<number | null> {
    return this.#stream.read(buffer);
  }

  write(bytes: Uint8Array): Promise<number> {
    this.#writes++;
    return this.#stream.write(bytes).finally(() => {
      this.#writes--;
      this.#tellEnd();
    });
  }

  closeWrite(): Promise<void> {
    return this.#stream.closeWrite();
  }

  /** Does nothing when called again. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    closeQuietly(this.#stream);
    this.#tellEnd();
  }

  #tellEnd(): void {
    if (this.#isClosed && this.#writes === 0) this.#onEnd();
  }
}
