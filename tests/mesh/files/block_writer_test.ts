import { BlockWriter } from "../../../mesh/files/block_writer.ts";
import { fileLimits } from "../../../mesh/files/file_message.ts";
import { assertEquals } from "../../assert.ts";

const { blockBytes } = fileLimits;

function newWriter(size: number, { isOver = false } = {}) {
  const written: Uint8Array[] = [];
  const memory = new Set<ArrayBuffer>();
  const writer = new BlockWriter({
    size,
    write: (block) => {
      written.push(block.slice());
      memory.add(block.buffer);
      return Promise.resolve(!isOver);
    },
  });
  return { writer, written, memory };
}

Deno.test("a file is written in full blocks, and its last byte completes the last one", async () => {
  const size = 2 * blockBytes + 5;
  const bytes = Uint8Array.from({ length: size }, (_, index) => index % 251);
  const { writer, written } = newWriter(size);
  for (let at = 0; at < size; at += 60_000) writer.add(bytes.subarray(at, at + 60_000));
  await writer.written;
  assertEquals(written.map(({ length }) => length), [blockBytes, blockBytes, 5]);
  const whole = new Uint8Array(await new Blob(written.map((block) => block.slice())).arrayBuffer());
  assertEquals(whole.every((byte, index) => byte === bytes[index]), true);
});

Deno.test("the memory of a written block is used again, but not after the transfer has ended", async () => {
  for (const isOver of [false, true]) {
    const { writer, memory } = newWriter(3 * blockBytes, { isOver });
    for (let block = 0; block < 3; block++) {
      writer.add(new Uint8Array(blockBytes));
      await writer.written;
    }
    assertEquals(memory.size, isOver ? 3 : 1);
  }
});
