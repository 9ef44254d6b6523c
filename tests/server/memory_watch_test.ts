import { assertEquals, assertStringIncludes } from "../assert.ts";
import { Log } from "../../server/log.ts";
import { memoryLimit, MemoryWatch, pressureAt } from "../../server/memory_watch.ts";

Deno.test("a mark is passed at it, and left only well below it", () => {
  const at = (part: number, before: "none" | "high" | "critical") =>
    pressureAt(part * 1_000, { limit: 1_000, before });
  assertEquals([at(0.749, "none"), at(0.75, "none")], ["none", "high"]);
  assertEquals([at(0.899, "high"), at(0.9, "high")], ["high", "critical"]);
  assertEquals([at(0.851, "critical"), at(0.849, "critical")], ["critical", "high"]);
  assertEquals([at(0.701, "high"), at(0.699, "high")], ["high", "none"]);
  assertEquals(at(0.1, "critical"), "none");
});

Deno.test("the limit is the container's, else the machine's, else there is none", () => {
  const files = (group: string | undefined, machine: string | undefined) => (file: string) => {
    const text = file.startsWith("/proc") ? machine : group;
    if (text === undefined) throw new Deno.errors.NotFound();
    return text;
  };
  const machine = "MemTotal:       1024 kB\nMemFree: 1 kB\n";
  assertEquals(memoryLimit(files("524288\n", machine)), 524_288);
  assertEquals(memoryLimit(files("max\n", machine)), 1_048_576);
  assertEquals(memoryLimit(files(undefined, undefined)), undefined);
});

Deno.test("passing a mark is one line, staying there is none", async () => {
  let text = "";
  const log = new Log((bytes) => {
    text += new TextDecoder().decode(bytes);
    return Promise.resolve(bytes.length);
  });
  let used = 10;
  const watch = new MemoryWatch(log, { limit: () => 100, used: () => used });
  for (used of [10, 80, 81, 95, 96, 10, 10]) watch.look();
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  watch.close();
  assertEquals(text.trim().split("\n").length, 3);
  assertStringIncludes(text, '"before":"high","now":"critical"');
});
