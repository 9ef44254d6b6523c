/**
 * A channel that a transfer takes for one of ours, while what it says is translated for a page that has none. Invariants:
 * nobody is called while they call; `lost` is told at most once, and nothing after it or close().
 */
import type { FileChannel, FileChannelListener } from "../files/link_channel.ts";

/** What is made of the transfer's words. */
export interface Translator {
  /** The transfer has said a frame: JSON text or bytes. */
  said(frame: string | Uint8Array<ArrayBuffer>): void;
  /** It says no more. */
  closed(): void;
}

/** One made-up channel. */
export class BridgedChannel implements FileChannel {
  /** Bytes that the translator has not passed on. */
  bufferedAmount = 0;
  /** A multiple of three: in base64 it is one packet of 12 KiB. */
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
    queueMicrotask(() => this.#translator.said(frame));
    return true;
  }

  listen(listener: FileChannelListener): void {
    if (this.#isOver) return listener.lost();
    this.#listener = listener;
    listener.opened();
    for (const frame of this.#early.splice(0)) this.tell(frame);
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    queueMicrotask(() => this.#translator.closed());
  }

  /** Lets the transfer hear something. */
  tell(frame: object | ArrayBuffer | string): void {
    const told = typeof frame === "string" || frame instanceof ArrayBuffer
      ? frame
      : JSON.stringify(frame);
    if (this.#listener === undefined) return void this.#early.push(told);
    queueMicrotask(() => {
      if (!this.#isOver) this.#listener?.heard(told);
    });
  }

  /** The other page is out of reach. */
  lose(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#listener?.lost();
  }
}
