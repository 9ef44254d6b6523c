import { assert, assertEquals } from "../../assert.ts";
import { passAll } from "../../../server/door/streams.ts";
import type { ByteStream } from "../../../server/websocket/framed_socket.ts";

/** A stream on which packets come one after the other, and what was asked of it. */
class Packets implements ByteStream {
  /** The size of the buffer of each read. */
  readonly reads: number[] = [];
  readonly #sizes: number[];
  #left = 0;

  constructor(sizes: readonly number[]) {
    this.#sizes = [...sizes];
  }

  read(buffer: Uint8Array): Promise<number | null> {
    if (this.#left === 0) this.#left = this.#sizes.shift() ?? 0;
    if (this.#left === 0) return Promise.resolve(null);
    this.reads.push(buffer.length);
    const count = Math.min(this.#left, buffer.length);
    this.#left -= count;
    return Promise.resolve(count);
  }

  write(bytes: Uint8Array): Promise<number> {
    return Promise.resolve(bytes.length);
  }

  closeWrite(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {}
}

function times<T>(count: number, list: readonly T[]): T[] {
  return Array.from({ length: count }, () => list).flat();
}

Deno.test("packets of media, small and large in turns, are passed on with one read each", async () => {
  const sizes = times(100, [1_104, 104, 104, 1_104]);
  const from = new Packets(sizes);
  await passAll(from, new Packets([]));
  // The first one does not fit into the first buffer.
  assertEquals(from.reads.length, sizes.length + 1);
});

Deno.test("a connection that is busy no longer keeps no large buffer", async () => {
  const from = new Packets([50_000, ...times(8, [40])]);
  await passAll(from, new Packets([]));
  assert(Math.max(...from.reads) > 10_000);
  assert((from.reads.at(-1) ?? Infinity) <= 1_024);
});
