// The bar of a call: its keys stay where a person aims for them.

import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  launchChromium,
  openPeer,
  type Peer,
  startServer,
  waitFor,
} from "../rig/mod.ts";
import { holdScript } from "./held_script.ts";

const height = 800;
const widths = [1440, 1024, 960, 900, 899, 820, 800, 600, 599, 360];

/** Left edge and width of the keys that a call begins with, at each window width. */
async function firstKeys({ page }: Peer): Promise<Record<number, string[]>> {
  const seen: Record<number, string[]> = {};
  for (const width of widths) {
    await page.setViewport({ width, height });
    seen[width] = await page.$$eval(
      ".bar-keys > .split, .bar-keys > .tone-end",
      (keys) =>
        keys.map((key) => {
          const { left, width } = key.getBoundingClientRect();
          return `${Math.round(left)}, ${Math.round(width)} wide`;
        }),
    );
  }
  return seen;
}

for (const language of ["en", "zh-CN"]) {
  Deno.test(`${language}: microphone, camera and Leave stay in place when the rest of the bar is loaded`, async () => {
    await using server = await startServer();
    await using chromium = await launchChromium();
    await using ann = await openPeer(chromium, `${server.url}/doctor`);
    await ann.page.setExtraHTTPHeaders({ "accept-language": language });
    const { letGo } = await holdScript(ann, "bar-room");
    await ann.page.goto(server.room("bar", { name: "Ann", join: "1" }));
    await waitFor(() => ann.page.$(".bar .tone-end"), { what: "the bar" });
    assertEquals(await ann.page.$(".bar div.more"), null, "the rest is still to come");
    const before = await firstKeys(ann);
    for (const width of widths) assertEquals(before[width]?.length, 3, `keys at ${width}`);
    letGo();
    await waitFor(() => ann.page.$(".bar div.more"), { what: "the rest of the bar" });
    assertEquals(await firstKeys(ann), before);
    assert((await ann.page.$$(".bar-panels > button")).length >= 2, "panels have their keys");
    assertEquals(await allComplaints([ann]), []);
  });
}

const reactions = ["Thumbs up", "Applause", "Heart", "Laughter", "Surprise", "Celebration"];

/**
 * The names of the keys that are seen, also in the open menu, of those that are not, and of those
 * that are in the bar and in the menu.
 */
async function keysOf(
  { page }: Peer,
): Promise<{ seen: string[]; hidden: string[]; twice: string[] }> {
  return await page.evaluate(() => {
    const seen = new Set<string>();
    const inMenu = new Set<string>();
    const hidden = new Set<string>();
    for (const key of document.querySelectorAll(".bar button, .phone-header button")) {
      const name = key.getAttribute("aria-label") ?? key.textContent ?? "";
      const plain = name.replace(/\d+/g, "").trim();
      const isSeen = key.checkVisibility();
      if (isSeen && key.closest(".more-menu") !== null) inMenu.add(plain);
      else (isSeen ? seen : hidden).add(plain);
    }
    const twice = [...seen.intersection(inMenu)];
    for (const name of inMenu) seen.add(name);
    return { seen: [...seen], hidden: [...hidden.difference(seen)], twice };
  });
}

Deno.test("in a window of any width each key of a call is once in the bar or under More", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await openPeer(chromium, server.room("bar", { name: "Ann", join: "1" }));
  await waitFor(() => ann.page.$(".bar div.more"), { what: "the whole bar" });
  await ann.press("More");
  await waitFor(() => ann.page.$(".more-menu"), { what: "the menu" });
  for (const width of widths) {
    await ann.page.setViewport({ width, height });
    const { seen, hidden, twice } = await keysOf(ann);
    // One key that opens the reactions, or all of them; a phone has no keyboard.
    const elsewhere = seen.includes("React") ? reactions : ["React", "Keyboard shortcuts"];
    assertEquals(hidden.filter((name) => !elsewhere.includes(name)), [], `at ${width}`);
    assertEquals(twice, [], `seen twice at ${width}`);
  }
  assertEquals(await allComplaints([ann]), []);
});
