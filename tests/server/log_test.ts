import { assert, assertEquals } from "../assert.ts";
import { Log } from "../../server/log.ts";

function linesOf(bytes: Uint8Array): Record<string, unknown>[] {
  return new TextDecoder().decode(bytes).trim().split("\n").map((line) => JSON.parse(line));
}

Deno.test("a log line is one JSON object with time, level and words", () => {
  let written = new Uint8Array();
  const log = new Log((bytes) => {
    written = bytes.slice();
    return Promise.resolve(bytes.length);
  });
  log.line("info", "listening\n", { port: 8000 });
  const [line] = linesOf(written);
  assertEquals([line?.level, line?.words, line?.port], ["info", "listening\n", 8000]);
});

Deno.test("a reader that stalls costs a bounded number of lines, and the loss is counted", async () => {
  const chunks: Uint8Array[] = [];
  let release = () => {};
  const stalled = new Promise<void>((resolve) => release = resolve);
  const log = new Log(async (bytes) => {
    await stalled;
    chunks.push(bytes.slice());
    return bytes.length;
  });
  for (let n = 0; n < 5_000; n++) log.line("info", `line ${n}`);
  release();
  while (chunks.length < 2) await Promise.resolve();
  const lines = chunks.flatMap(linesOf);
  assert(lines.length < 1_100, `${lines.length} lines were kept`);
  assert(lines.some((line) => Number(line.dropped) > 3_900));
});

Deno.test("the end of the process waits for the last lines, but not for a reader that stalls", async () => {
  const written: number[] = [];
  const slow = new Log(async (bytes) => {
    await new Promise((resume) => setTimeout(resume, 5));
    written.push(...linesOf(bytes).map(({ n }) => Number(n)));
    return bytes.length;
  });
  for (let n = 0; n < 3; n++) {
    slow.line("info", "a line", { n });
    await Promise.resolve();
  }
  await slow.written(60_000);
  assertEquals(written, [0, 1, 2]);
  await slow.written(60_000);

  const stalled = new Log(() => new Promise(() => {}));
  stalled.line("info", "nobody reads this");
  await stalled.written(1);
});

Deno.test("a stderr that is closed does not throw", async () => {
  const log = new Log(() => Promise.reject(new Deno.errors.BrokenPipe()));
  log.line("warn", "nobody reads this");
  log.fault("nor this", new Error("secret words of a client"));
  await Promise.resolve();
});

Deno.test("a fault is logged by kind and place, without its message", () => {
  let text = "";
  const log = new Log((bytes) => {
    text += new TextDecoder().decode(bytes);
    return Promise.resolve(bytes.length);
  });
  log.fault("failed to handle an input", new TypeError("secret words of a client"));
  assert(text.includes("TypeError"));
  assert(!text.includes("secret"));
});
