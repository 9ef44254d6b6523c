// A person goes on with a call on another device: the others see no leave, and the same person.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  type LaunchedBrowser,
  openPeer,
  type Peer,
  type RunningServer,
  shows,
  startServer,
  waitFor,
  waitForPictures,
} from "../rig/mod.ts";

declare global {
  /** How often a tile of somebody else has gone, and the longest time without a new frame, ms. */
  var watched: { gone: number; gapMs: number } | undefined;
}

/** Watches the others' tiles at a page from now on. */
async function watchTiles({ page }: Peer): Promise<void> {
  await page.evaluate(() => {
    const watched = globalThis.watched = { gone: 0, gapMs: 0 };
    const ids = () =>
      new Set([...document.querySelectorAll("[data-peer-id]")]
        .map((tile) => tile.getAttribute("data-peer-id")));
    let [before, frames, since] = [ids(), 0, performance.now()];
    setInterval(() => {
      const now = ids();
      if (!before.isSubsetOf(now)) watched.gone++;
      before = now;
      const video = document.querySelector<HTMLVideoElement>("[data-peer-id] video");
      const { totalVideoFrames } = video?.getVideoPlaybackQuality() ?? { totalVideoFrames: frames };
      watched.gapMs = Math.max(watched.gapMs, performance.now() - since);
      if (totalVideoFrames === frames) return;
      [frames, since] = [totalVideoFrames, performance.now()];
    }, 20);
  });
}

/** The code that a device shows. */
async function codeAt(laptop: Peer): Promise<string> {
  await laptop.press("More");
  await laptop.press("Continue on another device");
  return await waitFor(
    () => laptop.page.evaluate(() => document.querySelector(".move-digits")?.textContent ?? ""),
    { what: "the code" },
  );
}

/** Opens the link of the code on another device. */
async function openCode(
  browser: LaunchedBrowser,
  { server, code }: { server: RunningServer; code: string },
): Promise<Peer> {
  const phone = await openPeer(browser, `${server.url}/r/tea#take=${code}`);
  await phone.press("Continue here");
  return phone;
}

const peersOf = async (peer: Peer) => (await peer.media()).map(({ peerId }) => peerId);
const said = (peer: Peer, words: string) => waitFor(() => shows(peer, words), { what: words });

for (const [kind, secret] of [["open", ""], ["sealed", `#k=${"s".repeat(42)}0`]] as const) {
  Deno.test(`${kind} room: a call goes on at a phone and comes back, and the others see nobody leave`, async () => {
    await using server = await startServer();
    await using chromium = await launchChromium();
    const query = { join: "1", camera: "1", microphone: "1" };
    const join = (name: string) =>
      secret === ""
        ? joinByLink(chromium, { server, room: "tea", name })
        : openPeer(chromium, `${server.room("tea", { name, ...query })}${secret}`);
    await using bob = await join("Bob");
    await using laptop = await join("Ann");
    await waitForPictures([bob, laptop]);
    const ann = await peersOf(bob);
    await watchTiles(bob);
    const code = await codeAt(laptop);
    await using phone = await openCode(chromium, { server, code });
    await said(laptop, "You continued on another device");
    await waitForPictures([bob, phone]);
    assertEquals(await peersOf(bob), ann);
    await said(bob, "Ann");
    assertEquals(new URL(phone.page.url()).hash.includes("take"), false);
    await using late = await openCode(chromium, { server, code });
    await said(late, "This code has expired or was used already.");
    await laptop.press("Continue here again");
    await said(phone, "You are in this call in another tab");
    await waitForPictures([bob, laptop]);
    assertEquals(await peersOf(bob), ann);
    const watched = await bob.page.evaluate(() => globalThis.watched);
    assertEquals(watched?.gone, 0);
    assertEquals(await allComplaints([bob, laptop, phone, late]), []);
    if (Deno.env.has("MEASURE")) console.log(kind, watched);
  });
}
