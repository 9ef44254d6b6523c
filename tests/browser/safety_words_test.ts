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
