// A person goes on with a call on another device: the others see no leave, and the same person.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  launchChromium,
  type LaunchedBrowser,
  openPeer,
  type Peer,
  type RunningServer,
  shows,
  startServer,
  waitFor,
} from "../rig/mod.ts";
import { isLong } from "../seeds.ts";

declare global {
  /** How often a tile of somebody else has gone. */
  var tilesGone: number | undefined;
}

/** Watches the others' tiles at a page from now on. */
async function watchTiles({ page }: Peer): Promise<void> {
  await page.evaluate(() => {
    globalThis.tilesGone = 0;
    const ids = () =>
      [...document.querySelectorAll("[data-peer-id]")]
        .map((tile) => tile.getAttribute("data-peer-id"));
    let before = ids();
    new MutationObserver(() => {
      const now = ids();
      if (before.some((id) => !now.includes(id))) globalThis.tilesGone = 1;
      before = now;
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
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

/** Opens the link of the code on another device, and follows it. */
async function openCode(
  browser: LaunchedBrowser,
  { server, code }: { server: RunningServer; code: string },
): Promise<Peer> {
  const phone = await openPeer(browser, `${server.room("tea", silent)}#take=${code}`);
  await phone.press("Continue here");
  return phone;
}

/** Pictures would only be slow: what moves is the person. */
const silent = { camera: "0", microphone: "0" };
const peersOf = async (peer: Peer) => (await peer.media()).map(({ peerId }) => peerId);
const said = (peer: Peer, words: string) => waitFor(() => shows(peer, words), { what: words });
const linked = (peer: Peer) =>
  waitFor(async () => {
    const tiles = await peer.media();
    return tiles.length === 1 && tiles[0]?.link === "connected";
  }, { what: "a link to the other person" });

for (const [kind, secret] of [["open", ""], ["sealed", `#k=${"s".repeat(42)}0`]] as const) {
  const isLate = kind === "sealed" && !isLong;
  Deno.test({
    name: `${kind} room: a call goes on at a phone and comes back, and nobody sees anybody leave`,
    ignore: isLate,
    fn: async () => {
      await using server = await startServer();
      await using chromium = await launchChromium();
      const join = (name: string) =>
        openPeer(chromium, `${server.room("tea", { name, join: "1", ...silent })}${secret}`);
      await using bob = await join("Bob");
      await using laptop = await join("Ann");
      await Promise.all([linked(bob), linked(laptop)]);
      const ann = await peersOf(bob);
      await watchTiles(bob);
      const code = await codeAt(laptop);
      await using phone = await openCode(chromium, { server, code });
      await said(laptop, "You continued on another device");
      await Promise.all([linked(bob), linked(phone)]);
      assertEquals(await peersOf(bob), ann);
      await said(bob, "Ann");
      assertEquals(new URL(phone.page.url()).hash.includes("take"), false);
      await using late = await openCode(chromium, { server, code });
      await said(late, "This code has expired or was used already.");
      await laptop.press("Continue here again");
      await said(phone, "You are in this call in another tab");
      await Promise.all([linked(bob), linked(laptop)]);
      assertEquals(await peersOf(bob), ann);
      assertEquals(await bob.page.evaluate(() => globalThis.tilesGone), 0);
      assertEquals(await allComplaints([bob, laptop, phone, late]), []);
    },
  });
}
