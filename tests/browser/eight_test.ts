// A room as full as a mesh is meant to carry, on whatever machine this is: every stream lives, and
// goes on living.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  lightCamera,
  type Peer,
  startServer,
  usualCamera,
  waitForFrames,
  waitForPictures,
} from "../rig/mod.ts";

const names = ["Ann", "Bob", "Cem", "Dan", "Eva", "Fay", "Gus", "Hal"];

Deno.test("eight people hold: all 56 streams come and go on, over links that stay", async () => {
  await using server = await startServer();
  await using camera = await lightCamera({ ...usualCamera, perSecond: 5 });
  await using chromium = await launchChromium({ flags: camera.flags });
  await using stack = new AsyncDisposableStack();
  const peers: Peer[] = [];
  for (const name of names) {
    // One speaks at a time: eight machines' sound in one is too much for two processors.
    const microphone = name === "Ann";
    const peer = await joinByLink(chromium, { server, room: "eight", name, microphone });
    peers.push(stack.use(peer));
    await peer.page.setViewport({ width: 640, height: 480 });
  }
  await waitForPictures(peers, 90_000);
  const connections = await Promise.all(peers.map(connectionCount));
  for (let round = 0; round < 3; round++) {
    await Promise.all(peers.map(async (peer) => waitForFrames(peer, await peer.media())));
  }
  await waitForPictures(peers, 90_000);
  const voices = await Promise.all(
    peers.map(async (peer) =>
      (await peer.media()).filter(({ audioPackets }) => audioPackets > 0).length
    ),
  );
  assertEquals(voices, names.map((name) => name === "Ann" ? 0 : 1));
  assertEquals(await Promise.all(peers.map(connectionCount)), connections);
  assertEquals(await allComplaints(peers), []);
});

/** A link that starts over makes a new one. */
function connectionCount({ page }: Peer): Promise<number> {
  return page.evaluate(() => globalThis.__rtc?.length ?? 0);
}
