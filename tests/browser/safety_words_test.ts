// Two people in a sealed room compare their safety words, in real browsers.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  launchChromium,
  openPeer,
  type Peer,
  startServer,
  waitFor,
  waitForFullMesh,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { newSecret } from "../../mesh/sealing/new_secret.ts";
import { openMenu } from "./tile_menu.ts";

/** How far a page trusts a person: the shield on their tile. */
function shieldOf({ page }: Peer, name: string): Promise<string | null | undefined> {
  const find = (name: string) =>
    document.querySelector(`[aria-label="${name}"] .shield`)?.getAttribute("data-trust");
  return page.evaluate(find, name);
}

/** Opens the safety words with a person, and reads them. */
async function wordsWith(peer: Peer, name: string): Promise<string[]> {
  await openMenu(peer, name);
  await peer.press("Safety words");
  const read = () =>
    peer.page.$$eval(".safety-words li", (signs) => signs.map(({ innerText }) => innerText));
  await waitFor(async () => (await read()).length === 7, { what: "seven safety words" });
  return await read();
}

Deno.test("two people read the same safety words, and a reload of either keeps them compared", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const secret = newSecret();
  const enter = (name: string) =>
    openPeer(chromium, server.room("vault", { name, join: "1" }, secret));
  await using ann = await enter("Ann");
  await using bob = await enter("Bob");
  await waitForFullMesh([ann, bob]);
  const sees = (peer: Peer, name: string, kind: string) =>
    waitForValue(() => shieldOf(peer, name), kind, { what: `${name} to be ${kind}` });
  await sees(ann, "Bob", "verified");
  await sees(bob, "Ann", "verified");
  assertEquals(await wordsWith(ann, "Bob"), await wordsWith(bob, "Ann"));
  await ann.press("We compared them");
  await sees(ann, "Bob", "compared");
  assertEquals(await shieldOf(bob, "Ann"), "verified", "Bob has compared nothing");
  await ann.page.reload();
  await sees(ann, "Bob", "compared");
  await bob.page.reload();
  await sees(bob, "Ann", "verified");
  await sees(ann, "Bob", "compared");
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("who removed somebody is told to the others, with a new link that lets people in", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const secret = newSecret();
  // A server keeps the changed link of a room, also for the next run of this test.
  const room = `vault-${crypto.randomUUID()}`;
  const quiet = { join: "1", camera: "0", microphone: "0" };
  const enter = (name: string) => openPeer(chromium, server.room(room, { name, ...quiet }, secret));
  await using ann = await enter("Ann");
  await waitFor(() => ann.page.$("#key-people"), { what: "Ann to be there" });
  await using bob = await enter("Bob");
  await using cid = await enter("Cid");
  await waitForTiles([ann, bob, cid], 2);
  await ann.press("People");
  await ann.press("Actions for Cid");
  await ann.press("Remove…");
  await ann.press("Remove");
  const title = ({ page }: Peer) =>
    page.$eval(".trust-pill strong", ({ textContent }) => textContent).catch(() => undefined);
  await waitForValue(() => title(ann), "You removed Cid", { what: "Ann's notice" });
  await waitForValue(() => title(bob), "Ann removed Cid", { what: "Bob's notice" });
  await bob.page.evaluate(() => {
    navigator.clipboard.writeText = (text) => {
      document.body.dataset.copied = text;
      return Promise.resolve();
    };
  });
  // Bob came to write: the notice is beside the chat.
  await bob.press("Copy the new link");
  const copied = () => bob.page.evaluate(() => document.body.dataset.copied);
  const link = await waitFor(copied, { what: "the copied link" });
  assertEquals(link.includes(secret), false, "the old secret is no longer in it");
  await using dora = await openPeer(chromium, `${server.url}/healthz`);
  const query = new URLSearchParams({ name: "Dora", ...quiet });
  await dora.page.goto(link.replace("#", `?${query}#`));
  await waitForValue(() => shieldOf(dora, "Bob"), "verified", { what: "Bob to be verified" });
});
