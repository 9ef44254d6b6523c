/**
 * A channel that a transfer uses like a data channel for files; a translator turns its frames into
 * packets for a page that has no such channels. Invariants: neither side is called within its own
 * call; `lost` is called at most once, and nothing after it or after close().
 */
import type { FileChannel, FileChannelListener } from "../files/link_channel.ts";

/** Receives the frames of the transfer. */
export interface Translator {
  /** The transfer has sent a frame: JSON text or bytes. */
  sent(frame: string | Uint8Array<ArrayBuffer>): void;
  /** The transfer has closed the channel. */
  closed(): void;
}

/** One translated channel. */
export class BridgedChannel implements FileChannel {
  /** Bytes that the translator has not sent yet. */
  bufferedAmount = 0;
  /** A multiple of three, which base64 turns into one packet of 12 KiB without padding. */
  readonly messageBytes = 9 * 1024;
  readonly #translator: Translator;
  #listener: FileChannelListener | undefined;
  #early: (string | ArrayBuffer)[] = [];
  #isOver = false;

  constructor(translator: Translator) {
    this.#translator = translator;
  }

  send(frame: string | Uint8Array<ArrayBuffer>): boolean {
    if (this.#isOver) return false;
    queueMicrotask(() => this.#translator.sent(frame));
    return true;
  }

  listen(listener: FileChannelListener): void {
    if (this.#isOver) return listener.lost();
    this.#listener = listener;
    listener.opened();
    for (const frame of this.#early.splice(0)) this.receive(frame);
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    queueMicrotask(() => this.#translator.closed());
  }

  /** Passes a frame to the transfer; an object becomes JSON. */
  receive(frame: object | ArrayBuffer | string): void {
    const received = typeof frame === "string" || frame instanceof ArrayBuffer
      ? frame
      : JSON.stringify(frame);
    if (this.#listener === undefined) return void this.#early.push(received);
    queueMicrotask(() => {
      if (!this.#isOver) this.#listener?.received(received);
    });
  }

  /** The other page is gone, or has no channel. */
  lose(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listener?.lost();
  }
}
