// The server dies by SIGKILL and is started again, ten times, in the middle of a call of three.

import { assertEquals, assertLessOrEqual } from "../assert.ts";
import {
  callShape,
  chatLines,
  type Peer,
  type RestartableServer,
  shows,
  startRestartable,
  waitForLines,
  waitForMedia,
  waitForOutage,
  waitForValue,
} from "../rig/mod.ts";
import { keptCall } from "./kept_call.ts";

const kills = 10;
/** From the server's first answer to the moment the last page has its session back. */
const recoveryMost = 5_000;

async function health({ current }: RestartableServer): Promise<unknown[]> {
  const { rooms, peers, sockets, faults } = await (await fetch(`${current.url}/healthz`)).json();
  return [rooms, peers, sockets, faults];
}

/** Whether `seer` sees that somebody is muted; nobody else is in these calls. */
async function seesMuted(seer: Peer): Promise<boolean> {
  return await seer.page.$$eval(
    "[data-peer-id]",
    (tiles) => tiles.some((tile) => (tile.textContent ?? "").includes(", muted")),
  );
}

async function waitForMuted(seers: Peer[], muted: boolean): Promise<void> {
  await Promise.all(
    seers.map((seer) => waitForValue(() => seesMuted(seer), muted, { what: `muted: ${muted}` })),
  );
}

/** What people do while there is no server: they see and hear each other, write, and mute. */
async function liveThroughOutage(peers: Peer[], round: number): Promise<void> {
  await waitForOutage(peers, { said: true, timeout: 2_000 });
  const muting = peers[round % peers.length];
  const others = peers.filter((peer) => peer !== muting);
  await muting?.press("Mute");
  await waitForMuted(others, true);
  for (const [index, peer] of peers.entries()) await peer.say(`line ${round}-${index}`);
  await muting?.press("Unmute");
  await waitForMuted(others, false);
  // On even rounds the silence lasts beyond the return, and the server has to tell the same.
  if (round % 2 === 0) await muting?.press("Mute");
  await waitForMedia(peers);
}

async function afterOutage(peers: Peer[], round: number): Promise<void> {
  const muting = peers[round % peers.length];
  const others = peers.filter((peer) => peer !== muting);
  if (round % 2 === 0) {
    await waitForMuted(others, true);
    await muting?.press("Unmute");
  }
  await waitForMuted(others, false);
  await waitForMedia(peers);
}

Deno.test(`a call of three goes on while its server is killed ${kills} times`, async () => {
  await using server = await startRestartable();
  await using stack = new AsyncDisposableStack();
  const { peers, before } = await keptCall(stack, server.current);

  const recoveries: number[] = [];
  for (let round = 0; round < kills; round++) {
    await server.kill();
    await liveThroughOutage(peers, round);
    await server.startAgain();
    const listening = performance.now();
    await waitForOutage(peers, { said: false });
    recoveries.push(Math.round(performance.now() - listening));
    await waitForLines(peers, peers.length * (round + 1));
    await afterOutage(peers, round);
    assertEquals(await health(server), [1, 3, 3, 0], "rooms, peers, sockets, faults");
    assertEquals(await Promise.all(peers.map(callShape)), before, `unchanged by kill ${round + 1}`);
  }

  console.log(`back after listening, ms: ${recoveries.join(" ")}`);
  assertLessOrEqual(Math.max(...recoveries), recoveryMost);
  const logs = await Promise.all(peers.map(chatLines));
  const [order = []] = logs;
  for (const log of logs) assertEquals(log, order, "one order at everybody");
  const written = peers.flatMap((_, index) =>
    Array.from({ length: kills }, (_, round) => `line ${round}-${index}`)
  );
  assertEquals(order.toSorted(), written.toSorted(), "each line once");
  assertEquals(await Promise.all(peers.map((peer) => shows(peer, "Reconnecting"))), [
    false,
    false,
    false,
  ]);
  const exceptions = peers.flatMap(({ complaints }) => complaints)
    .filter(({ kind }) => kind === "exception");
  assertEquals(exceptions, []);
});
