// A call in a sealed room, in real browsers: everybody is verified, and the server reads nothing.

import type { CDPSession } from "puppeteer-core";
import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  launchChromium,
  openPeer,
  type Peer,
  startServer,
  waitFor,
  waitForChat,
  waitForFullMesh,
} from "../rig/mod.ts";
import { newSecret } from "../../mesh/sealing/new_secret.ts";

/** Keeps every frame between a page and the server, from the next load of the page on. */
async function watchFrames({ page }: Peer): Promise<string[]> {
  const session: CDPSession = await page.createCDPSession();
  await session.send("Network.enable");
  const frames: string[] = [];
  for (const name of ["Network.webSocketFrameSent", "Network.webSocketFrameReceived"] as const) {
    session.on(name, ({ response }) => frames.push(response.payloadData));
  }
  return frames;
}

function verified({ page }: Peer): Promise<unknown> {
  return waitFor(
    () => page.evaluate(() => document.body.innerText.includes("Verified")),
    { what: "the sign of a verified person" },
  );
}

Deno.test("people in a sealed room see, hear, write and verify each other, and the server reads nothing of it", async () => {
  await using server = await startServer();
  await using browser = await launchChromium();
  const secret = newSecret();
  await using ann = await openPeer(browser, `${server.url}/doctor`);
  const frames = await watchFrames(ann);
  await ann.page.goto(server.room("vault", { name: "Annabel", join: "1" }, secret));
  await using bob = await openPeer(
    browser,
    server.room("vault", { name: "Bobbert", join: "1" }, secret),
  );
  await waitForFullMesh([ann, bob]);
  await Promise.all([ann, bob].map(verified));
  await waitForChat([ann, bob]);
  await bob.say("line tangerine");
  await waitFor(async () => (await ann.chat()).includes("line tangerine"), { what: "the line" });
  await ann.say("line aubergine");
  await waitFor(async () => (await bob.chat()).includes("line aubergine"), { what: "the answer" });
  assert(frames.some((frame) => frame.includes("sealed")), "frames were seen");
  const words = ["Annabel", "Bobbert", "tangerine", "aubergine", "candidate", "a=", secret];
  for (const word of [...words, '"camera":true', '"microphone":true']) {
    assertEquals(frames.filter((frame) => frame.includes(word)), [], word);
  }
  assertEquals(await allComplaints([ann, bob]), []);
});
