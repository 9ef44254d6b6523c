// The Connections view: every page knows every pair of the room, its own and those of others.

import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  type Peer,
  startServer,
  waitFor,
  waitForFullMesh,
  waitForValue,
} from "../rig/mod.ts";

function cells({ page }: Peer): Promise<string[]> {
  return page.$$eval(
    "#links td.cell",
    (cells) =>
      cells.map((cell) => cell.querySelector("[title]")?.getAttribute("title") ?? "").sort(),
  );
}

function words({ page }: Peer): Promise<string> {
  return page.$eval("#links", (view) => (view as HTMLElement).innerText);
}

Deno.test("three people: everybody sees all three pairs as direct, with round trips", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "links", name: "Ann" });
  await using bob = await joinByLink(chromium, { server, room: "links", name: "Bob" });
  await using cem = await joinByLink(chromium, { server, room: "links", name: "Cem" });
  const peers = [ann, bob, cem];
  await waitForFullMesh(peers);
  for (const { page } of peers) await page.setViewport({ width: 1440, height: 900 });
  for (const peer of peers) {
    await peer.press("Connections");
    await waitFor(async () => {
      const said = await cells(peer);
      return said.length === 3 && said.every((each) => /^Direct · UDP · \d+ ms/.test(each));
    }, { what: "three direct pairs" });
    assert((await words(peer)).includes("All 3 connections are direct"));
    const stages = await peer.page.$$eval(
      ".join-times dd",
      (all) => all.map((it) => it.textContent),
    );
    assertEquals(stages.length, 4);
    assert(stages.every((it) => /^\d+ ms$/.test(it ?? "")), `the way in: ${stages}`);
  }
  const focused = () => ann.page.evaluate(() => document.activeElement?.id);
  await waitForValue(focused, "links-title", { what: "the focus in the view" });
  await ann.page.keyboard.press("Escape");
  await waitForValue(() => ann.page.$("#links").then((view) => view === null), true, {
    what: "the view to close",
  });
  await waitForValue(focused, "key-links", { what: "the focus back" });
  assertEquals(await allComplaints(peers), []);
});
