// The home of a room is stopped for longer than its lease, as by a debugger or a machine that
// swaps, and wakes up in the belief that it still is the home.

import { assertEquals } from "../assert.ts";
import { startCluster, waitFor, waitForValue } from "../rig/mod.ts";
import { Three } from "./cluster_member.ts";

Deno.test("a home that was stopped and wakes up is not believed, and its room is whole", async () => {
  await using cluster = await startCluster();
  const [home, ...others] = cluster.nodes;
  using three = await Three.join(cluster);
  await three.hearEachOther();
  home?.freeze();
  // A page does this when a link is silent; otherwise it notices after 25 s.
  three.ann.room.checkSocket();
  const homes = async () => {
    const healths = await Promise.all(others.map((node) => node.health()));
    return healths.reduce((sum, { cluster }) => sum + cluster.homes, 0);
  };
  await waitForValue(homes, 1, { what: "another node to take the room", timeout: 60_000 });
  for (const member of three.all) await member.isBack();
  console.log(`without a session, ms: ${three.all.map(({ outages }) => outages.join(" + "))}`);
  await three.hearEachOther();
  home?.thaw();
  await waitFor(async () => (await home?.health())?.cluster.homes === 0, {
    what: "the old home to know that it is none",
  });
  await three.hearEachOther();
  await three.assertWhole();
  assertEquals((await home?.health())?.faults, 0);
});
