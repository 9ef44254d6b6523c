// What a person receives is theirs to choose, and what they do not want is not sent.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  launchFirefox,
  openPeer,
  type Peer,
  startServer,
  waitFor,
  waitForFullMesh,
  waitForTiles,
} from "../rig/mod.ts";
import { findings } from "./axe.ts";
import { joinSkyrtcRoom, prepareSkyrtcCalls } from "./skyrtc_page.ts";
import { openMenu } from "./tile_menu.ts";

interface Sent {
  /** Of all pictures: frames and bytes since the connection began. */
  readonly frames: number;
  readonly bytes: number;
  /** Packets of sound. */
  readonly sound: number;
  /** Of each camera or screen that is being encoded. */
  readonly lines: readonly number[];
}

/** What leaves a page, by its senders' statistics; of open connections only. */
function sent({ page }: Peer): Promise<Sent> {
  return page.evaluate(async () => {
    const total = { frames: 0, bytes: 0, sound: 0, lines: [] as number[] };
    for (const { connection } of globalThis.__rtc ?? []) {
      if (connection.connectionState !== "connected") continue;
      for (const entry of (await connection.getStats()).values()) {
        if (entry.type !== "outbound-rtp") continue;
        if (entry.kind === "audio") total.sound += entry.packetsSent;
        else {
          total.frames += entry.framesSent ?? 0;
          total.bytes += entry.bytesSent + (entry.retransmittedBytesSent ?? 0);
          if (entry.frameHeight > 0) total.lines.push(entry.frameHeight);
        }
      }
    }
    return total;
  });
}

/** Waits until pictures no longer leave: neither frames nor bytes, while sound does. */
async function waitForSoundOnly(peer: Peer): Promise<void> {
  await waitFor(async () => {
    const before = await sent(peer);
    // So much sound takes a second; a picture would come meanwhile.
    const after = await waitFor(async () => {
      const now = await sent(peer);
      return now.sound >= before.sound + 50 ? now : undefined;
    }, { what: "sound to leave" });
    return after.frames === before.frames && after.bytes === before.bytes;
  }, { what: "the pictures to stop" });
}

async function waitForPicture(peer: Peer): Promise<void> {
  const before = await sent(peer);
  await waitFor(async () => (await sent(peer)).frames > before.frames + 5, {
    what: "a picture to leave",
  });
}

async function choose(peer: Peer, choice: string): Promise<void> {
  const key = await waitFor(
    () => peer.page.$(`.picture-choice .segmented ::-p-text(${choice})`),
    { what: `the choice ${choice}` },
  );
  await key.asLocator().click();
  await peer.page.keyboard.press("Escape");
}

async function chooseForAll(peer: Peer, choice: string): Promise<void> {
  await peer.press("More");
  await choose(peer, choice);
}

Deno.test("sound only stops every picture at its sender, between two browsers, also after a reload", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using firefox = await launchFirefox();
  await using ann = await joinByLink(chromium, { server, room: "radio", name: "Ann" });
  await using bob = await joinByLink(firefox, { server, room: "radio", name: "Bob" });
  await waitForFullMesh([ann, bob]);
  await chooseForAll(bob, "Sound only");
  await waitForSoundOnly(ann);
  await waitForPicture(bob);
  await chooseForAll(ann, "Sound only");
  await waitForSoundOnly(bob);
  for (const { page } of [ann, bob]) {
    const visibility = await page.$eval(
      "[data-peer-id] video",
      (video) => getComputedStyle(video).visibility,
    );
    assertEquals(visibility, "hidden", "the last picture does not stay");
  }

  await bob.page.reload();
  await waitForTiles([bob], 1);
  await waitFor(() => bob.page.$(".sound-only"), { what: "the reason after the reload" });
  await waitForSoundOnly(ann);
  await bob.press(/^Sound only\. Show video from Ann$/);
  await waitForPicture(ann);
  assertEquals(await bob.page.$(".sound-only"), null);
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("a picture is large or small by choice, whatever the size of its tile", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "sizes", name: "Ann" });
  await using bob = await joinByLink(chromium, { server, room: "sizes", name: "Bob" });
  await bob.page.setViewport({ width: 420, height: 320 });
  await waitForFullMesh([ann, bob]);
  const lines = (wanted: (lines: number) => boolean, what: string) =>
    waitFor(async () => (await sent(ann)).lines.some(wanted), { what, timeout: 60_000 });
  await lines((lines) => lines <= 270, "a small picture in a small window");
  await openMenu(bob, "Ann");
  await choose(bob, "Large");
  await lines((lines) => lines === 720, "the full size in the small window");
  await bob.page.setViewport({ width: 1280, height: 900 });
  await chooseForAll(bob, "Small");
  await lines((lines) => lines <= 180, "a small picture in the large window");
  await openMenu(bob, "Ann");
  await choose(bob, "Automatic");
  await lines((lines) => lines >= 540, "a large picture in the large window");
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("sound only of one person stops their camera and their screen, and says so", async () => {
  await using server = await startServer();
  const tab = "--use-fake-device-for-media-stream=display-media-type=browser";
  await using chromium = await launchChromium({ flags: [tab] });
  await using ann = await joinByLink(chromium, { server, room: "one", name: "Ann" });
  await using bob = await joinByLink(chromium, { server, room: "one", name: "Bob" });
  await waitForFullMesh([ann, bob]);
  await ann.press("Share");
  await waitFor(() => bob.page.$("[data-screen-of]"), { what: "Ann's screen" });
  await openMenu(bob, "Ann");
  await choose(bob, "Sound only");
  await waitForSoundOnly(ann);
  await waitFor(() => bob.page.$("::-p-text(this screen is not sent to you)"), {
    what: "the reason over the screen",
  });
  assertEquals(await findings(bob.page, "sound only"), []);
  await bob.press("Show video");
  await waitForPicture(ann);
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("a SkyRTC page's picture can only be hidden, and the menu says so", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "old", name: "Ann" });
  await using old = await openPeer(chromium, `${server.url}/healthz`);
  await old.page.evaluate(prepareSkyrtcCalls);
  await old.page.evaluate(joinSkyrtcRoom, "old");
  await waitForTiles([ann], 1);
  await chooseForAll(ann, "Sound only");
  await waitFor(() => ann.page.$(".sound-only ::-p-text(Hidden)"), { what: "the hidden picture" });
  const key = await waitFor(() => ann.page.$("[data-peer-id] .tile-key"), { what: "its menu" });
  await key.focus();
  await ann.page.keyboard.press("Enter");
  await waitFor(() => ann.page.$("::-p-text(page always sends everything)"), {
    what: "the truth about the page",
  });
  assertEquals(await ann.page.$$(".tile-menu .picture-choice button").then((all) => all.length), 2);
});
