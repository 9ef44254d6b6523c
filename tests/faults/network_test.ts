// The network goes, comes back, or becomes another one, in the middle of a call between two
// machines.

import { assert, assertEquals, assertLessOrEqual } from "../assert.ts";
import {
  allOf,
  lasting,
  linkWays,
  type Peer,
  type RunningServer,
  waitFor,
  waitForFrames,
  waitForFullMesh,
  waitForLines,
  waitForMedia,
  waitForOutage,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { settledCall } from "./settled_call.ts";
import { testInTown } from "./town.ts";

async function fingerprints(peers: Peer[]): Promise<string[]> {
  return (await Promise.all(peers.map(linkWays))).flat().flatMap((way) => way.fingerprints);
}

/** How many RTCPeerConnection each page has made since it was opened. */
async function connectionsMade(peers: Peer[]): Promise<number[]> {
  return await Promise.all(peers.map(async (peer) => (await peer.states()).length));
}

async function counts(server: RunningServer): Promise<unknown> {
  const { peers, sockets } = await (await fetch(`${server.url}/healthz`)).json();
  return { peers, sockets };
}

async function peerIds(peers: Peer[]): Promise<string[]> {
  return (await Promise.all(peers.map((peer) => peer.media()))).flat().map(({ peerId }) => peerId);
}

testInTown("a cut of ten seconds heals", { people: 2 }, async ({ network, join, machine }) => {
  const { peers, most } = await settledCall(join);
  const [before, ids] = [await fingerprints(peers), await peerIds(peers)];
  await network.drop(...allOf(machine(0)));
  await lasting(10_000);
  await network.restore();
  const took = await waitForMedia(peers, 30_000);
  console.log(
    `cut of 10 s: pictures ${Math.round(took)} ms after the network, at most ${Math.round(most)}`,
  );
  assertLessOrEqual(took, most);
  assertEquals(await fingerprints(peers), before, "the same encryption");
  assertEquals(await connectionsMade(peers), [1, 1]);
  await waitForOutage(peers, { said: false });
  await waitForTiles(peers, 1);
  assertEquals(await peerIds(peers), ids);
});

testInTown("a change of address heals", { people: 2 }, async ({ network, join, machine }) => {
  const { peers, most } = await settledCall(join);
  const [before, ids] = [await fingerprints(peers), await peerIds(peers)];
  const addresses = async () =>
    (await Promise.all(peers.map(linkWays))).flat().map(({ address }) => address);
  assertEquals(await addresses(), ["198.19.0.2", "198.19.1.2"]);
  await network.move(machine(0));
  const took = await waitForMedia(peers, 60_000);
  console.log(
    `change of address: pictures ${Math.round(took)} ms after the network, at most ${
      Math.round(most)
    }`,
  );
  assertLessOrEqual(took, most);
  assertEquals(await addresses(), ["198.19.100.2", "198.19.1.2"]);
  assertEquals(await fingerprints(peers), before, "the same encryption");
  assertEquals(await connectionsMade(peers), [1, 1]);
  await waitForOutage(peers, { said: false, timeout: 30_000 });
  await waitForTiles(peers, 1);
  assertEquals(await peerIds(peers), ids);
});

testInTown("a half-open socket is noticed at both ends while the call goes on", {
  people: 2,
}, async ({ network, server, join, machine }) => {
  const { peers } = await settledCall(join);
  const [ann, bob] = peers;
  assert(ann && bob);
  const ids = await peerIds(peers);
  const changes = await ann.states();
  const { port } = machine(0);
  const { port: listens } = new URL(server.url);
  await network.drop(
    `input iifname ${port} tcp dport ${listens}`,
    `output oifname ${port} tcp sport ${listens}`,
  );
  const cut = performance.now();
  const since = () => Math.round(performance.now() - cut);
  const noticed = waitForOutage([ann], { said: true, timeout: 28_000 }).then(since);
  const freed = waitForValue(() => counts(server), { peers: 2, sockets: 1 }, {
    what: "the server to give up the socket",
    timeout: 28_000,
  }).then(since);
  const [page, socket] = await Promise.all([noticed, freed]);
  console.log(`half-open: the page noticed after ${page} ms, the server after ${socket} ms`);
  await waitForMedia(peers);
  await ann.say("line 1");
  await network.restore();
  const restored = performance.now();
  await waitForOutage([ann], { said: false, timeout: 20_000 });
  console.log(`half-open: back ${Math.round(performance.now() - restored)} ms after the network`);
  assertEquals(await waitForLines(peers, 1), [["line 1"], ["line 1"]]);
  await waitForTiles(peers, 1);
  await waitForMedia(peers);
  assertEquals(await peerIds(peers), ids, "one person, the same as before");
  assertEquals(await ann.states(), changes, "no connection changed its state");
  assertEquals(await counts(server), { peers: 2, sockets: 2 });
});

testInTown("two who cannot reach each other are told why; chat and the third are untouched", {
  people: 3,
}, async ({ network, join, machine }) => {
  const [one, other] = [machine(0).port, machine(1).port];
  await network.drop(
    `forward iifname ${one} oifname ${other}`,
    `forward iifname ${other} oifname ${one}`,
  );
  const peers = [await join(0), await join(1), await join(2)];
  const [ann, bob, cem] = peers;
  assert(ann && bob && cem);
  await waitForTiles(peers, 2);
  const links = async (peer: Peer) => (await peer.media()).map(({ link }) => link).sort();
  await waitForValue(() => links(cem), ["connected", "connected"], { what: "Cem's links" });
  for (const peer of [ann, bob]) {
    const what = "the failed tile";
    await waitForValue(() => links(peer), ["connected", "failed"], { what, timeout: 60_000 });
    const words = await peer.page.$eval("[data-link=failed]", (tile) => tile.textContent ?? "");
    assert(words.includes("One of your networks blocks direct calls and there is no relay"), words);
  }
  // Whose link it is not is told as well.
  await cem.page.setViewport({ width: 1280, height: 800 });
  await cem.press("Connections");
  const view = () => cem.page.$eval("#links", (links) => (links as HTMLElement).innerText);
  const words = "Ann and Bob cannot connect";
  await waitFor(async () => (await view()).includes(words), { what: "Cem to be told" });
  assert((await view()).includes("this server offers no relay"), await view());
  assert((await view()).includes("The other 2 connections are direct"), await view());
  const badge = await cem.page.$eval(
    "#key-links .badge",
    (badge) => badge.getAttribute("data-count"),
  );
  assertEquals(badge, "1");
  await cem.page.keyboard.press("Escape");
  const before = await cem.media();
  await waitFor(async () => {
    const now = await cem.media();
    return now.length === 2 &&
      now.every((tile) =>
        tile.framesDecoded >
          (before.find((b) => b.peerId === tile.peerId)?.framesDecoded ?? Infinity)
      );
  }, { what: "Cem's pictures to move on" });
  await ann.say("line 1");
  assertEquals(await waitForLines(peers, 1), [["line 1"], ["line 1"], ["line 1"]]);
});

/** The entry of a page's first connection, of that type and kind. */
async function rtpOf(
  { page }: Peer,
  wanted: { type: "inbound-rtp" | "outbound-rtp"; kind: "audio" | "video" },
): Promise<{ frameHeight?: number; packetsReceived?: number; packetsLost?: number }> {
  return await page.evaluate(async ({ type, kind }) => {
    const report = await globalThis.__rtc?.[0]?.connection.getStats();
    return [...report?.values() ?? []].find((it) => it.type === type && it.kind === kind) ?? {};
  }, wanted);
}

testInTown(
  "a line that turns narrow costs the picture its size, not the sound, and gives it back",
  {
    people: 2,
    richPictures: true,
  },
  async ({ network, join, machine }) => {
    const [ann, bob] = [await join(0), await join(1)];
    await bob.page.setViewport({ width: 1280, height: 800 });
    await waitForFullMesh([ann, bob]);
    const linesOut = async () =>
      (await rtpOf(ann, { type: "outbound-rtp", kind: "video" })).frameHeight ?? 0;
    const soundIn = async () => {
      const sound = await rtpOf(bob, { type: "inbound-rtp", kind: "audio" });
      return { came: sound.packetsReceived ?? 0, lost: sound.packetsLost ?? 0 };
    };
    const large = async () => await linesOut() >= 540;
    await waitFor(large, { what: "Ann's large picture", timeout: 30_000 });
    await network.narrow(machine(0), 500);
    await waitFor(async () => await linesOut() <= 270, {
      what: "a picture that fits the line",
      timeout: 30_000,
    });
    const before = await soundIn();
    await waitForFrames(bob, await bob.media());
    await waitFor(async () => (await soundIn()).came > before.came + 250, {
      what: "five seconds of sound",
      timeout: 20_000,
    });
    const { came, lost } = await soundIn();
    assertLessOrEqual(
      lost - before.lost,
      (came - before.came) / 50,
      "of the sound hardly a packet",
    );
    await network.narrow(machine(0), undefined);
    await waitFor(large, { what: "the large picture again", timeout: 60_000 });
    assertEquals((await ann.media()).map(({ link }) => link), ["connected"]);
  },
);
