// Redis dies and comes back, with its data and without it; and one node cannot reach it.

import { assertEquals } from "../assert.ts";
import { type Cluster, startCluster, waitFor, waitForValue } from "../rig/mod.ts";
import { Client } from "../sockets/client.ts";
import { Member, Three } from "./cluster_member.ts";

/** More than the grace period of members that are let go after 5 s, and than a lease. */
const longOutageMs = 24_000;

function readiness({ nodes }: Cluster): Promise<number[]> {
  return Promise.all(nodes.map((node) => node.readiness()));
}

async function waitForReadiness(cluster: Cluster, status: number): Promise<void> {
  await waitForValue(() => readiness(cluster), cluster.nodes.map(() => status), {
    what: `all nodes to answer ${status}`,
  });
}

/** The code of the error that a newcomer in a new room gets. */
async function refusal({ proxy }: Cluster): Promise<unknown> {
  const client = new Client(`${proxy.url.replace("http", "ws")}/ws`);
  await client.opened;
  client.say({ type: "join", room: "new", name: "Newcomer" });
  return (await client.hear("error")).code;
}

for (const isPersistent of [true, false]) {
  Deno.test(`Redis is killed and starts again ${isPersistent ? "with its data" : "empty"}: rooms go on, and nothing is lost or doubled`, async () => {
    await using cluster = await startCluster({ redis: { isPersistent } });
    const [one] = cluster.nodes;
    using three = await Three.join(cluster);
    // A room at one node only.
    using dora = await Member.join(cluster, { name: "Dora", room: "near", via: one });
    using emil = await Member.join(cluster, { name: "Emil", room: "near", via: one });
    await three.hearEachOther();
    await cluster.redis.kill();
    await waitForReadiness(cluster, 503);
    dora.write();
    await waitForValue(() => emil.lines, ["Dora 0"], { what: "a line without Redis" });
    assertEquals(await refusal(cluster), "overload");
    // Nobody's membership ends meanwhile.
    await new Promise((resolve) => setTimeout(resolve, isPersistent ? longOutageMs : 1_000));
    await cluster.redis.start();
    await waitForReadiness(cluster, 200);
    await three.hearEachOther();
    await three.assertWhole();
    console.log(`without a session, ms: ${three.all.map(({ outages }) => outages.join(" + "))}`);
    dora.write();
    await waitForValue(() => emil.lines, ["Dora 0", "Dora 1"], { what: "a line after that" });
    assertEquals([dora.outages, emil.outages, dora.news], [[], [], ["Emil joined"]]);
    using fred = await Member.join(cluster, { name: "Fred", room: "new" });
    assertEquals(fred.others, []);
  });
}

Deno.test("a home that cannot reach Redis tells nobody anything, and another node takes its room", async () => {
  await using cluster = await startCluster();
  const [home, ...others] = cluster.nodes;
  using three = await Three.join(cluster);
  await three.hearEachOther();
  home?.cutOff();
  const homes = async () => {
    const healths = await Promise.all(others.map((node) => node.health()));
    return healths.reduce((sum, { cluster }) => sum + cluster.homes, 0);
  };
  await waitForValue(homes, 1, { what: "another node to take the room", timeout: 60_000 });
  await waitFor(() => three.bob.isJoined && three.cem.isJoined, { what: "Bob and Cem to be back" });
  // The home lets its own people go too; what Ann has written there is told by the other node.
  await waitFor(() => three.ann.isJoined && three.ann.outages.length > 0, {
    what: "Ann to be back at another node",
    timeout: 60_000,
  });
  await three.hearEachOther();
  home?.reconnect();
  await waitForValue(async () => (await home?.health())?.cluster.homes, 0, {
    what: "the old home to know that it is none",
  });
  await three.hearEachOther();
  await three.assertWhole();
  console.log(`without a session, ms: ${three.all.map(({ outages }) => outages.join(" + "))}`);
  assertEquals(await home?.health().then(({ faults }) => faults), 0);
});
