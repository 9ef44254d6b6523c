// A call of three in real browsers over three nodes behind nginx, which takes them in turns.

import { assertEquals } from "../assert.ts";
import {
  callShape,
  type Cluster,
  homeIn,
  type Peer,
  startCluster,
  waitForLines,
  waitForMedia,
  waitForOutage,
  waitForValue,
} from "../rig/mod.ts";
import { keptCall } from "./kept_call.ts";

/** Brings three people into a call; `breakIt` gets them. What it does must not touch the call. */
async function callOfThree(
  breakIt: (cluster: Cluster, peers: Peer[]) => Promise<void>,
): Promise<void> {
  await using cluster = await startCluster();
  await using stack = new AsyncDisposableStack();
  const { peers, before } = await keptCall(stack, cluster.proxy);
  await breakIt(cluster, peers);
  await waitForOutage(peers, { said: false });
  await waitForMedia(peers);
  for (const [index, peer] of peers.entries()) await peer.say(`line after-${index}`);
  const logs = await waitForLines(peers, 6);
  const [order = []] = logs;
  for (const log of logs) assertEquals(log, order, "one order at everybody");
  const said = ["after", "in"].flatMap((when) => peers.map((_, index) => `line ${when}-${index}`));
  assertEquals(order.toSorted(), said, "each line once");
  assertEquals(await Promise.all(peers.map(callShape)), before, "no offer, no change of a state");
  const exceptions = peers.flatMap(({ complaints }) => complaints)
    .filter(({ kind }) => kind === "exception");
  assertEquals(exceptions, []);
}

async function sayDuring(peers: Peer[]): Promise<void> {
  for (const [index, peer] of peers.entries()) await peer.say(`line in-${index}`);
}

Deno.test("a call of three flows on while the home of its room is killed", () =>
  callOfThree(async (cluster, peers) => {
    const home = await homeIn(cluster);
    await home.kill();
    await sayDuring(peers);
    await waitForMedia(peers);
    const left = cluster.nodes.filter((node) => node !== home);
    const homes = async () => {
      const healths = await Promise.all(left.map((node) => node.health()));
      return healths.map(({ cluster }) => cluster.homes).toSorted();
    };
    await waitForValue(homes, [0, 1], { what: "another home", timeout: 60_000 });
    await waitForLines(peers, peers.length);
  }));

Deno.test("a call of three flows on while all nodes are replaced", () =>
  callOfThree(async ({ nodes }, peers) => {
    for (const node of nodes) {
      await node.end();
      if (node === nodes[0]) await sayDuring(peers);
      await node.startAgain();
      await waitForValue(() => node.readiness(), 200, { what: "the new process to be ready" });
    }
    await waitForLines(peers, peers.length);
  }));
