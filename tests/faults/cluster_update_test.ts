// All nodes are replaced one after the other, as an update does; and a node that is short of memory
// takes no more rooms.

import { assert, assertEquals, assertLessOrEqual } from "../assert.ts";
import { residentBytes } from "../../bench/measure.ts";
import { startCluster, waitFor, waitForValue } from "../rig/mod.ts";
import { Member, Three } from "./cluster_member.ts";

/**
 * How long a member may be without a session at each of the restarts, ms: 3 s on a machine that has
 * time.
 */
const awayMost = 8_000;

Deno.test("an update of all nodes in turn loses no line, and nobody is away for long", async () => {
  await using cluster = await startCluster();
  using three = await Three.join(cluster);
  await three.hearEachOther();
  for (const node of cluster.nodes) {
    await node.end();
    await node.startAgain();
    await waitForValue(() => node.readiness(), 200, { what: "the new process to be ready" });
    await three.hearEachOther();
  }
  await three.assertWhole();
  const outages = three.all.map(({ outages }) => outages);
  console.log(`without a session, ms: ${outages.map((each) => each.join(" + "))}`);
  assert(outages.flat().length >= 3, "each one lost its node");
  for (const { news } of three.all) assert(!news.some((each) => each.endsWith(" lost")), `${news}`);
  assertLessOrEqual(Math.max(...outages.flat()), awayMost);
  assertEquals((await cluster.nodes[0]?.health())?.faults, 0);
});

Deno.test("a node at its memory mark takes no more rooms, and keeps those that it has", async () => {
  const file = await Deno.makeTempFile({ suffix: ".toml" });
  await using cluster = await startCluster({ nodes: 2, args: ["--config", file] });
  const [full, other] = cluster.nodes;
  if (full === undefined || other === undefined) throw new Error("two nodes were started");
  using ann = await Member.join(cluster, { name: "Ann", room: "before", via: full });
  await waitForValue(async () => (await full.health()).cluster.homes, 1, { what: "its room" });
  // Between the marks of three quarters and nine tenths.
  const limit = Math.round(await residentBytes(full.pid) / 0.82 / 2 ** 20);
  await Deno.writeTextFile(file, `memory-limit = ${limit}\n`);
  full.reload();
  await waitFor(() => full.output.includes('"now":"high"'), { what: "the mark to be reached" });
  using bob = await Member.join(cluster, { name: "Bob", room: "after", via: full });
  using cem = await Member.join(cluster, { name: "Cem", room: "after", via: full });
  assertEquals([bob.others.length, cem.others.length], [1, 1]);
  assertEquals([bob.refusals, cem.refusals], [[], []]);
  assertEquals((await full.health()).cluster.homes, 1);
  assertEquals((await other.health()).cluster.homes, 1);
  ann.write();
  await waitForValue(() => ann.lines, ["Ann 0"], { what: "a line in the room that it keeps" });
  assertEquals([ann.outages, bob.outages, cem.outages], [[], [], []]);
});
