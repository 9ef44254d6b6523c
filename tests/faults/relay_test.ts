// Machines that reach each other only through a relay: Debian's coturn, with credentials the server
// mints.

import { assert, assertEquals, assertGreater, assertNotEquals } from "../assert.ts";
import {
  allOf,
  linkWays,
  type Peer,
  shows,
  waitFor,
  waitForFullMesh,
  waitForLines,
  waitForMedia,
} from "../rig/mod.ts";
import { testInTown, type Town } from "./town.ts";

/** What goes past the hub; its own services are not meant. */
const direct = "forward meta l4proto udp";
const toTheHub = (port: string) => `input iifname ${port} meta l4proto udp`;

const relayed = { people: 2, relay: { lifetime: 3600 } };

async function ways(peers: Peer[]): Promise<string[]> {
  return (await Promise.all(peers.map(linkWays))).flat()
    .map(({ state, type, relayProtocol }) => `${state} ${type} ${relayProtocol}`);
}

/** A call of two through what is left of the network, which their tiles call relayed. */
async function relayedCall({ join, coturn }: Town): Promise<Peer[]> {
  const peers = [await join(0), await join(1)];
  await waitForFullMesh(peers, 30_000);
  await waitFor(
    async () => (await Promise.all(peers.map((peer) => shows(peer, "Relayed")))).every(Boolean),
    {
      what: "both tiles to say that they are relayed",
    },
  );
  await waitForMedia(peers);
  await waitFor(async () => (await coturn?.log())?.includes("ALLOCATE processed, success"), {
    what: "coturn to say that it serves somebody",
  });
  return peers;
}

testInTown(
  "where no UDP goes from machine to machine, a relay carries it",
  relayed,
  async (town) => {
    await town.network.drop(direct);
    const peers = await relayedCall(town);
    // One end's relay is enough, so the other may reach it as if directly.
    const found = await ways(peers);
    assertEquals(
      found.every((way) => /^connected (relay udp|(host|prflx|srflx) )$/.test(way)),
      true,
      `${found}`,
    );
    assert(found.some((way) => way === "connected relay udp"), `${found}`);
    await peers[0]?.say("line 1");
    assertEquals(await waitForLines(peers, 1), [["line 1"], ["line 1"]]);
  },
);

testInTown("where no UDP goes at all, the relay is reached by TCP", relayed, async (town) => {
  await town.network.drop(direct, ...town.network.machines.map(({ port }) => toTheHub(port)));
  const peers = await relayedCall(town);
  assertEquals(await ways(peers), ["connected relay tcp", "connected relay tcp"]);
});

testInTown(
  "a link that asks for relays only is relayed, though a direct way is open",
  relayed,
  async (town) => {
    const peers = [await town.join(0, { relay: "1" }), await town.join(1)];
    await waitForFullMesh(peers, 30_000);
    const [ann] = peers;
    assert(ann);
    assertEquals((await linkWays(ann)).map(({ type }) => type), ["relay"]);
    await waitFor(() => shows(ann, "Relayed"), { what: "the tile to say so" });
  },
);

testInTown("a call outlives the credentials it began with", {
  people: 2,
  relay: { lifetime: 12 },
}, async (town) => {
  const { network, machine } = town;
  await network.drop(direct);
  const peers = await relayedCall(town);
  const [ann] = peers;
  assert(ann);
  const [before] = await linkWays(ann);
  assert(before);
  const expiryOf = (name: string | undefined) => Number(name?.split(":")[0]) * 1000;
  const firstExpiry = expiryOf(before.usernames[0]);
  assertGreater(firstExpiry, 0);
  await waitFor(async () => {
    const [way] = await linkWays(ann);
    return Date.now() > firstExpiry + 2_000 && expiryOf(way?.usernames[0]) > firstExpiry;
  }, { what: "the first credentials to expire and others to be there", timeout: 30_000 });

  await network.drop(...allOf(machine(0)));
  // However long the browsers take to report the loss, the cut lasts until one restarts ICE.
  await waitFor(async () =>
    (await Promise.all(peers.map(linkWays))).flat()
      .some(({ ufrag, offeredUfrag }) => offeredUfrag !== "" && offeredUfrag !== ufrag), {
    what: "a page to restart ICE",
    timeout: 30_000,
  });
  await network.restore(direct);
  await waitForMedia(peers, 30_000);
  const after = await waitFor(async () => {
    const [way] = await linkWays(ann);
    return way?.ufrag !== before.ufrag && way?.selectedUfrag === way?.ufrag ? way : undefined;
  }, { what: "the call to run over what an ICE restart has found", timeout: 30_000 });
  assertNotEquals(after.usernames, before.usernames);
  assertEquals(after.fingerprints, before.fingerprints, "the same connection");
  const found = await ways(peers);
  assert(found.some((way) => /^connected relay (udp|tcp)$/.test(way)), `${found}`);
  await waitForMedia(peers);
});
