// Calls between real browsers with fake cameras and microphones, against the real server.

import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  launchFirefox,
  lightCamera,
  openPeer,
  type Peer,
  type RunningServer,
  startServer,
  waitFor,
  waitForFrames,
  waitForFullMesh,
  waitForLines,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";

/** Everybody writes one line at the same moment; all must see all of them once, in one order. */
async function chatAtOnce(peers: Peer[], mark: string): Promise<void> {
  await Promise.all(peers.map((peer, index) => peer.say(`line ${mark}-${index}`)));
  const logs = await waitForLines(peers, peers.length);
  const [order = []] = logs;
  for (const log of logs) assertEquals(log, order);
  assertEquals([new Set(order).size, order.length], [peers.length, peers.length]);
}

async function rooms(server: RunningServer): Promise<{ rooms: number; peers: number }> {
  const { rooms, peers } = await (await fetch(`${server.url}/healthz`)).json();
  return { rooms, peers };
}

Deno.test("two people see and hear each other, write, and part", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "two", name: "Ann" });
  await using bob = await joinByLink(chromium, { server, room: "two", name: "Bob" });
  await waitForFullMesh([ann, bob]);
  assertEquals(await rooms(server), { rooms: 1, peers: 2 });

  const selves = await ann.page.$$eval(
    "[data-self] video, [data-self] audio",
    (found) => found.map((media) => media instanceof HTMLMediaElement && media.muted),
  );
  assert(selves.length > 0 && selves.every((muted) => muted), "the local sound is never played");
  await waitFor(async () => (await ann.media()).every(({ audioEnergy }) => audioEnergy > 0), {
    what: "Bob's sound to be played at Ann's",
  });

  await chatAtOnce([ann, bob], "two");
  await bob.press("Leave");
  await waitForTiles([ann], 0);
  await ann.press("Leave");
  await waitForValue(() => rooms(server), { rooms: 0, peers: 0 }, { what: "the room to vanish" });
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("four people: a late one sees all, one leaves, one reloads", async () => {
  await using server = await startServer();
  // Twelve pictures of full size would be all that two cores can do.
  await using camera = await lightCamera();
  await using chromium = await launchChromium({ flags: camera.flags });
  const join = (name: string) => joinByLink(chromium, { server, room: "four", name });
  await using ann = await join("Ann");
  await using bob = await join("Bob");
  await using cem = await join("Cem");
  await waitForFullMesh([ann, bob, cem]);
  await using dia = await join("Dia");
  const all = [ann, bob, cem, dia];
  await waitForFullMesh(all);
  await chatAtOnce(all, "four");

  const kept = (await ann.media()).map(({ peerId }) => peerId);
  await dia.press("Leave");
  await waitForTiles([ann, bob, cem], 2);
  const left = (await ann.media()).map(({ peerId }) => peerId);
  assertEquals(left.filter((peerId) => !kept.includes(peerId)), [], "nobody new appeared");
  await waitForFrames(ann, await ann.media());

  await cem.page.reload({ waitUntil: "load" });
  await waitForFullMesh([ann, bob, cem]);
  await waitForTiles([ann, bob, cem], 2);
  assertEquals(await rooms(server), { rooms: 1, peers: 3 }, "the reload left no ghost");
  assertEquals(await allComplaints(all), []);
});

Deno.test("someone without camera and microphone sees, hears and writes", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "text", name: "Ann" });
  await using tex = await joinByLink(chromium, {
    server,
    room: "text",
    name: "Tex",
    camera: false,
    microphone: false,
  });
  const [seen] = await waitFor(async () => {
    const tiles = await tex.media();
    return tiles[0] && tiles[0].videoWidth > 0 && tiles[0].audioPackets > 0 ? tiles : undefined;
  }, { what: "Ann's picture and sound at Tex's" });
  assert(seen);
  await waitForFrames(tex, [seen]);
  await waitForValue(
    async () => (await ann.media()).map(({ link, videos }) => ({ link, videos })),
    [
      { link: "connected", videos: 1 },
    ],
    { what: "Tex's tile at Ann's" },
  );
  assertEquals((await ann.media())[0]?.videoWidth, 0, "nothing is sent for a camera that is off");
  await chatAtOnce([ann, tex], "text");
  assertEquals(await allComplaints([ann, tex]), []);
});

Deno.test("the three ways in lead into the room", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const enter = async (name: string, button: RegExp) => {
    const peer = await openPeer(chromium, server.room("ways"));
    const box = await waitFor(() => peer.page.$('input[type="text"], input:not([type])'), {
      what: "a box for the name",
    });
    await box.click({ count: 3 });
    await box.type(name);
    await peer.press(button);
    return peer;
  };
  await using ann = await enter("Ann", /^Join( with .*)?$/);
  await using bob = await enter("Bob", /^Join without camera$/);
  await using tex = await enter("Tex", /^Text only$/);
  await waitForTiles([ann, bob, tex], 2);
  await waitFor(async () => (await tex.media()).every(({ audioPackets }) => audioPackets > 0), {
    what: "Ann's and Bob's sound at Tex's",
  });
  const pictures = async () =>
    (await tex.media()).filter(({ videoWidth }) => videoWidth > 0).length;
  await waitForValue(pictures, 1, { what: "Ann's picture, and only hers, at Tex's" });
  await waitFor(async () => {
    const text = await ann.page.$eval("body", (body) => body.innerText);
    return text.includes("Bob") && text.includes("Tex");
  }, { what: "names on the tiles" });
  assertEquals(await allComplaints([ann, bob, tex]), []);
});

Deno.test("a name is text, whatever it looks like", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const name = "<img src=x onerror=1><b>B";
  await using ann = await joinByLink(chromium, { server, room: "names", name: "Ann" });
  await using bob = await joinByLink(chromium, { server, room: "names", name });
  await waitForTiles([ann, bob], 1);
  await waitFor(
    async () => (await ann.page.$eval("body", (body) => body.innerText)).includes(name),
    {
      what: "the name as it was written",
    },
  );
  assertEquals((await ann.page.$$("[data-peer-id] b, img[src=x]")).length, 0);
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("Firefox and Chromium see and hear each other, and write", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using firefox = await launchFirefox();
  await using ann = await joinByLink(chromium, { server, room: "both", name: "Ann" });
  await using bob = await joinByLink(firefox, { server, room: "both", name: "Bob" });
  await waitForFullMesh([ann, bob]);
  await chatAtOnce([ann, bob], "both");
  // The other way round: now Chromium is the newcomer, who calls.
  await ann.page.reload({ waitUntil: "load" });
  await waitForFullMesh([ann, bob]);
  await bob.press("Leave");
  await waitForTiles([ann], 0);
  assertEquals(await allComplaints([ann, bob]), []);
});
