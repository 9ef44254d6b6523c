// Pages of the origin and pages of ours in one call.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  type LaunchedBrowser,
  openPeer,
  type Peer,
  type RunningServer,
  startServer,
  waitFor,
  waitForLines,
  waitForTiles,
} from "../rig/mod.ts";
import { prepareSkyrtcData, prepareSkyrtcReceiving, prepareSkyrtcSending } from "./skyrtc_data.ts";
import { joinSkyrtcRoom, prepareSkyrtcCalls } from "./skyrtc_page.ts";

/** The origin's page, on any page of the same server. */
async function joinAsSkyrtc(
  browser: LaunchedBrowser,
  { server, room }: { server: RunningServer; room: string },
): Promise<Peer> {
  const peer = await openPeer(browser, `${server.url}/healthz`);
  await peer.page.evaluate(prepareSkyrtcData);
  await peer.page.evaluate(prepareSkyrtcReceiving);
  await peer.page.evaluate(prepareSkyrtcSending);
  await peer.page.evaluate(prepareSkyrtcCalls);
  await peer.page.evaluate(joinSkyrtcRoom, room);
  return peer;
}

async function waitForSkyrtcMedia(peer: Peer, others: number): Promise<void> {
  await waitFor(async () => {
    const received = await peer.page.evaluate(() => globalThis.__skyrtc?.received()) ?? [];
    return received.length === others &&
      received.every(({ frames, packets }) => frames > 5 && packets > 5);
  }, { what: `the SkyRTC page to see and hear ${others} others` });
}

async function waitForTileMedia(peer: Peer, others: number): Promise<void> {
  await waitFor(async () => {
    const tiles = await peer.media();
    return tiles.length === others &&
      tiles.every((tile) =>
        tile.link === "connected" && tile.videoWidth > 0 && tile.framesDecoded > 5 &&
        tile.audioPackets > 5
      );
  }, { what: `our page to see and hear ${others} others` });
}

for (const first of ["SkyRTC", "ours"]) {
  Deno.test(`a page of the origin and one of ours call each other, ${first} being there first`, async () => {
    await using server = await startServer();
    await using chromium = await launchChromium();
    const room = "mixed";
    const native = () => joinByLink(chromium, { server, room, name: "Ann" });
    const origin = () => joinAsSkyrtc(chromium, { server, room });
    const inside = first === "ours" ? await native() : await origin();
    const [ann, sky] = first === "ours" ? [inside, await origin()] : [await native(), inside];
    await waitForSkyrtcMedia(sky, 1);
    await waitForTileMedia(ann, 1);

    await ann.say("line from-ann");
    await waitForLines([ann], 1);
    await sky.page.evaluate(() => globalThis.__skyrtc?.say("line from-sky"));
    assertEquals(await waitForLines([ann], 2), [["line from-ann", "line from-sky"]]);
    await waitFor(
      () => sky.page.evaluate(() => globalThis.__skyrtc?.chat.length === 2),
      { what: "both lines at the SkyRTC page" },
    );
    await sky.close();
    await waitForTiles([ann], 0);
    assertEquals(await allComplaints([ann]), []);
    await ann.close();
  });
}

Deno.test("two pages of the origin and two of ours make one call of four", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const room = "four-mixed";
  await using sky1 = await joinAsSkyrtc(chromium, { server, room });
  await using ann = await joinByLink(chromium, { server, room, name: "Ann" });
  await using sky2 = await joinAsSkyrtc(chromium, { server, room });
  await using bob = await joinByLink(chromium, { server, room, name: "Bob" });
  await waitForSkyrtcMedia(sky1, 3);
  await waitForSkyrtcMedia(sky2, 3);
  await waitForTileMedia(ann, 3);
  await waitForTileMedia(bob, 3);
});
