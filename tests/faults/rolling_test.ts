// The server is replaced in the middle of a call by SIGTERM and a new process, as an update does.

import { assertEquals, assertLessOrEqual } from "../assert.ts";
import {
  callShape,
  chatLines,
  joinByLink,
  launchChromium,
  lightCamera,
  startRestartable,
  waitForChat,
  waitForFullMesh,
  waitForLines,
  waitForMedia,
  waitForOutage,
} from "../rig/mod.ts";
import { Client } from "../sockets/client.ts";

const updates = 2;

Deno.test("a call outlives an update of its server, which leaves within 6 s", async () => {
  await using server = await startRestartable({ args: ["--allow-origin", "*"] });
  await using camera = await lightCamera();
  await using chromium = await launchChromium({ flags: camera.flags });
  const join = (name: string) =>
    joinByLink(chromium, { server: server.current, room: "kept", name });
  await using ann = await join("Ann");
  await using bob = await join("Bob");
  const peers = [ann, bob];
  await waitForFullMesh(peers);
  await waitForChat(peers);
  const before = await Promise.all(peers.map(callShape));

  for (let round = 0; round < updates; round++) {
    const address = server.current.url.replace("http", "ws");
    const witness = new Client(`${address}/ws`);
    await witness.opened;
    witness.say({ type: "join", room: "elsewhere", name: "Wit" });
    await witness.hear("welcome");
    const told = performance.now();
    const [code, toldAfter, { code: exit }, endedAfter] = await Promise.all([
      witness.closed,
      witness.closed.then(() => performance.now() - told),
      server.current.stop(),
      server.current.stop().then(() => performance.now() - told),
    ]);
    assertEquals([code, exit], [1012, 0]);
    assertLessOrEqual(toldAfter, 1_000);
    assertLessOrEqual(endedAfter, 6_000);
    await waitForOutage(peers, { said: true, timeout: 2_000 });
    for (const [index, peer] of peers.entries()) await peer.say(`line ${round}-${index}`);
    await waitForMedia(peers);
    await server.startAgain();
    const listening = performance.now();
    await waitForOutage(peers, { said: false });
    const back = Math.round(performance.now() - listening);
    console.log(
      `update: told ${Math.round(toldAfter)} ms, ended ${
        Math.round(endedAfter)
      } ms, back ${back} ms`,
    );
    assertLessOrEqual(back, 5_000);
    await waitForLines(peers, peers.length * (round + 1));
    assertEquals(
      await Promise.all(peers.map(callShape)),
      before,
      "no offer, no change, the same tiles",
    );
  }
  await waitForMedia(peers);
  const [first = [], second = []] = await Promise.all(peers.map(chatLines));
  assertEquals(first, second, "one order");
  assertEquals(first.toSorted(), ["line 0-0", "line 0-1", "line 1-0", "line 1-1"]);
});
