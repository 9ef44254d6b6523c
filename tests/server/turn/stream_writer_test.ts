// A stream that takes bytes when the test wants it to.

import { assertEquals } from "../../assert.ts";
import { StreamWriter } from "../../../server/turn/stream_writer.ts";

/** Takes at most `most` bytes of each write, each when `take()` is called. */
class SlowStream {
  readonly written: number[] = [];
  readonly writes: number[] = [];
  most = Infinity;
  #next = Promise.withResolvers<void>();

  async write(bytes: Uint8Array): Promise<number> {
    await this.#next.promise;
    const count = Math.min(bytes.length, this.most);
    this.writes.push(count);
    this.written.push(...bytes.subarray(0, count));
    return count;
  }

  async take(): Promise<void> {
    this.#next.resolve();
    this.#next = Promise.withResolvers();
    // The writer asks again in one of the next turns.
    await new Promise((resume) => setTimeout(resume));
  }

  fail(): void {
    this.#next.reject(new Deno.errors.BrokenPipe());
  }
}

Deno.test("messages arrive whole and in order, however little a stream takes at once", async () => {
  const stream = new SlowStream();
  stream.most = 3;
  const writer = new StreamWriter(stream, () => {});
  const message = new Uint8Array(4);
  for (let value = 1; value <= 3; value++) {
    message.fill(value);
    assertEquals(writer.write(message), true);
  }
  await new Promise((resume) => setTimeout(resume));
  message.fill(4);
  writer.write(message);
  while (stream.written.length < 16) await stream.take();
  assertEquals(stream.written, [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4]);
});

Deno.test("what comes while a stream is busy is one write", async () => {
  const stream = new SlowStream();
  const writer = new StreamWriter(stream, () => {});
  for (let count = 0; count < 10; count++) writer.write(new Uint8Array(100));
  await stream.take();
  await stream.take();
  assertEquals(stream.writes, [1_000]);
});

Deno.test("a stream that takes nothing loses messages past 256 kB, and gets the next ones", async () => {
  const stream = new SlowStream();
  const writer = new StreamWriter(stream, () => {});
  writer.write(new Uint8Array(1_000));
  await new Promise((resume) => setTimeout(resume));
  let kept = 0;
  while (writer.write(new Uint8Array(1_000))) kept++;
  assertEquals(kept, Math.floor(256 * 1024 / 1_000));
  assertEquals(writer.write(new Uint8Array(100)), true, "what fits is still taken");
  await stream.take();
  await stream.take();
  assertEquals(writer.write(new Uint8Array(1_000)), true);
});

Deno.test("a stream that breaks is told of once, and drops what comes later", async () => {
  const stream = new SlowStream();
  let ends = 0;
  const writer = new StreamWriter(stream, () => ends++);
  writer.write(new Uint8Array(10));
  await new Promise((resume) => setTimeout(resume));
  stream.fail();
  await new Promise((resume) => setTimeout(resume));
  for (let count = 0; count < 10; count++) writer.write(new Uint8Array(100_000));
  assertEquals(ends, 1);
});
