/**
 * Collects the bytes of one file into blocks and writes them, because a disk handles a few large
 * writes better than many small ones. Invariants:
 * 1 Blocks are written one at a time, in order.
 * 2 The memory of a written block is used again; there are never more blocks than one window holds.
 */
import { fileLimits } from "./file_message.ts";

interface BlockWriterOptions {
  /** Bytes of the whole file. */
  readonly size: number;
  /** Writes one block; false if the transfer has ended. Never rejects. */
  readonly write: (block: Uint8Array<ArrayBuffer>) => Promise<boolean>;
}

/** Writes one file in blocks of `fileLimits.blockBytes`. */
export class BlockWriter {
  readonly #options: BlockWriterOptions;
  #block = new Uint8Array(0);
  #filled = 0;
  #added = 0;
  #spare: Uint8Array<ArrayBuffer>[] = [];
  #written: Promise<void> = Promise.resolve();

  constructor(options: BlockWriterOptions) {
    this.#options = options;
  }

  /** Resolves when every full block is written. The last byte of the file makes a block full. */
  get written(): Promise<void> {
    return this.#written;
  }

  /** Adds the next bytes, and copies them. */
  add(bytes: Uint8Array<ArrayBuffer>): void {
    let rest = bytes;
    while (rest.length > 0) {
      if (this.#filled === 0) this.#block = this.#nextBlock();
      const part = rest.subarray(0, this.#block.length - this.#filled);
      this.#block.set(part, this.#filled);
      this.#filled += part.length;
      this.#added += part.length;
      rest = rest.subarray(part.length);
      if (this.#filled === this.#block.length) this.#flush();
    }
  }

  /** Gives up the memory of blocks that are not being written. */
  release(): void {
    this.#block = new Uint8Array(0);
    this.#spare = [];
  }

  #nextBlock(): Uint8Array<ArrayBuffer> {
    const memory = this.#spare.pop() ?? new Uint8Array(fileLimits.blockBytes);
    return memory.subarray(0, Math.min(memory.length, this.#options.size - this.#added));
  }

  #flush(): void {
    const block = this.#block;
    this.#block = new Uint8Array(0);
    this.#filled = 0;
    this.#written = this.#written.then(async () => {
      const isReusable = block.length === fileLimits.blockBytes;
      if (await this.#options.write(block) && isReusable) this.#spare.push(block);
    });
  }
}
