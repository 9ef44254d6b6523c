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

Deno.test("the limit is the smaller one of control group and machine, or undefined", () => {
  const limit = (group: number | undefined, machine: number | undefined) =>
    memoryLimit({ group: () => group, machine: () => machine });
  assertEquals(limit(524_288, 1_048_576), 524_288);
  assertEquals(limit(undefined, 1_048_576), 1_048_576);
  assertEquals(limit(0, 1_048_576), 1_048_576, "an unlimited group");
  assertEquals(limit(9_223_372_036_854_771_712, 1_048_576), 1_048_576, "the same in cgroup v1");
  assertEquals(limit(524_288, undefined), 524_288);
  assertEquals(limit(undefined, undefined), undefined);
  const group = () => {
    throw new Deno.errors.NotCapable("not permitted");
  };
  assertEquals(memoryLimit({ group, machine: () => 1_048_576 }), 1_048_576);
});

Deno.test("passing a mark is one line in the log, staying there none", async () => {
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
