// A node of a cluster dies by SIGKILL while people of all nodes are in one room.

import { assert, assertEquals, assertLess } from "../assert.ts";
import { type Cluster, startCluster, waitForValue } from "../rig/mod.ts";
import { Client } from "../sockets/client.ts";
import { Member, Three } from "./cluster_member.ts";

/** A room has another home after 12 s on a machine that has time; a client notices after 25 s. */
const takeoverMost = 20_000;

Deno.test("when an edge dies its people come back as they were, and the others stay in the room", async () => {
  await using cluster = await startCluster();
  using three = await Three.join(cluster);
  const { ann, bob, cem } = three;
  const [home, edge] = cluster.nodes;
  // In another room is somebody who will not come back.
  using dora = await Member.join(cluster, { name: "Dora", room: "side", via: home });
  const emil = new Client(`${edge?.url.replace("http", "ws")}/ws`);
  await emil.opened;
  emil.say({ type: "join", room: "side", name: "Emil" });
  await waitForValue(() => dora.news, ["Emil joined"], { what: "Emil" });
  await three.hearEachOther();
  await edge?.kill();
  await waitForValue(() => bob.outages.length, 1, { what: "Bob to be back" });
  await three.hearEachOther();
  await three.assertWhole();
  console.log(`without a session, ms: ${bob.outages}`);
  assertEquals([ann.outages, cem.outages], [[], []]);
  await waitForValue(() => dora.news, ["Emil joined", "Emil lost"], { what: "Emil to be lost" });
  assertEquals(await faults(cluster, [0, 2]), [0, 0]);
});

Deno.test("when a home dies another node continues its room, with all lines and the owner's rules", async () => {
  await using cluster = await startCluster();
  using three = await Three.join(cluster);
  const { ann, bob, cem } = three;
  ann.room.send({ type: "set-rules", locked: true, files: "owners" });
  ann.room.presence.change({ hand: true });
  await waitForValue(() => cem.rules?.locked, true, { what: "the room to be locked" });
  await three.hearEachOther();
  const rules = [ann, bob, cem].map((member) => member.rules);
  await cluster.nodes[0]?.kill();
  const killed = performance.now();
  await waitForValue(() => three.all.map(({ outages }) => outages.length > 0), [true, true, true], {
    what: "everybody to have noticed, and to be back",
    timeout: 60_000,
  });
  assertLess(performance.now() - killed, takeoverMost);
  await three.hearEachOther();
  await three.assertWhole();
  console.log(`without a session, ms: ${three.all.map(({ outages }) => outages.join(" + "))}`);
  assertEquals([ann, bob, cem].map((member) => member.rules), rules);
  assertEquals(bob.others.map(({ state }) => state.hand), [true, false], "Ann's hand");
  assertEquals(await refusal(cluster), 4506, "still locked");
  assert(await isOwner(three), "Ann may still unlock it");
  assertEquals(await faults(cluster, [1, 2]), [0, 0]);
});

async function faults({ nodes }: Cluster, which: readonly number[]): Promise<number[]> {
  const healths = await Promise.all(which.map((index) => nodes[index]?.health()));
  return healths.map((health) => health?.faults ?? NaN);
}

/** The close code that a stranger gets. */
async function refusal({ proxy }: Cluster): Promise<number> {
  const stranger = new Client(`${proxy.url.replace("http", "ws")}/ws?room=tea`);
  await stranger.opened;
  stranger.say({ type: "join", room: "tea", name: "Stranger" });
  return await stranger.closed;
}

async function isOwner({ ann, cem }: Three): Promise<boolean> {
  ann.room.send({ type: "set-rules", locked: false });
  await waitForValue(() => cem.rules?.locked, false, { what: "the room to be open" });
  return true;
}
