// Single keys in the call, the list of them, and what the tab itself shows.

import { assert, assertEquals, assertFalse } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  type Peer,
  startServer,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { visit, waitForChat } from "./chat_page.ts";

/** The bar's keys by name, those that are not shown left out. */
function barKeys({ page }: Peer): Promise<string[]> {
  return page.$$eval(
    ".bar .bar-key[aria-label]",
    (keys) =>
      keys.filter((key) => key instanceof HTMLElement && key.offsetParent !== null)
        .map((key) => key.getAttribute("aria-label") ?? ""),
  );
}

async function waitForKey(peer: Peer, name: string): Promise<void> {
  await waitFor(async () => (await barKeys(peer)).includes(name), { what: `a key named ${name}` });
}

/** What has the focus, by id or by name. */
function focused({ page }: Peer): Promise<string> {
  return page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.id || (activeElement?.getAttribute("aria-label") ?? "") ||
      (activeElement?.tagName ?? "");
  });
}

async function isFocused(peer: Peer, what: string): Promise<void> {
  await waitForValue(() => focused(peer), what, { what: `the focus on ${what}` });
}

const dialogs = ({ page }: Peer) => page.$$eval("dialog[open]", (found) => found.length);

Deno.test("single keys act like the bar's keys, and type in text fields", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "attic", name: "Ann" });
  const { keyboard } = ann.page;
  await ann.page.setViewport({ width: 1280, height: 800 });
  await waitForKey(ann, "Mute");
  await waitForKey(ann, "Chat");
  await keyboard.press("m");
  await waitForKey(ann, "Unmute");
  await keyboard.press("v");
  await waitForKey(ann, "Start video");
  await keyboard.press("h");
  await waitFor(() => ann.page.$('.bar [aria-label="Hand"][aria-pressed="true"]'), {
    what: "the hand",
  });
  await keyboard.press("s");
  await waitFor(() => ann.page.$("[data-screen-of]"), { what: "the screen" });
  await keyboard.press("s");
  await waitForKey(ann, "Share");
  await keyboard.press("c");
  await isFocused(ann, "chat-box");
  await keyboard.type("mvhs?");
  assertEquals(await ann.page.$eval("#chat-box", (box) => "value" in box && box.value), "mvhs?");
  assert((await barKeys(ann)).includes("Unmute"), "letters in a field are letters");
  await keyboard.press("Escape");
  await isFocused(ann, "key-chat");
  await keyboard.press("p");
  await isFocused(ann, "people-title");
  await keyboard.press("l");
  await isFocused(ann, "links-title");
  await keyboard.press("l");
  await isFocused(ann, "key-links");
  await keyboard.down("Control");
  await keyboard.press("m");
  await keyboard.up("Control");
  assert((await barKeys(ann)).includes("Unmute"), "keys with a modifier belong to the browser");
  assertEquals(await allComplaints([ann]), []);
});

Deno.test("? lists the keys, keeps the focus and gives it back; the keys can be turned off", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "attic", name: "Ann" });
  const { keyboard } = ann.page;
  await ann.page.setViewport({ width: 1280, height: 800 });
  await waitForKey(ann, "Chat");
  await ann.page.focus("#key-chat");
  await keyboard.press("?");
  await waitForValue(() => dialogs(ann), 1, { what: "the list" });
  const listed = await ann.page.$$eval("dialog kbd", (keys) => keys.map((key) => key.textContent));
  for (const key of ["M", "V", "C", "P", "L", "H", "S", "F", "?", "Esc", "Space"]) {
    assert(listed.includes(key), `${key} is listed`);
  }
  for (let step = 0; step < 6; step++) {
    await keyboard.press("Tab");
    const isOutside = await ann.page.evaluate(() =>
      // Between the last and the first one the browser's own bar has its turn.
      document.activeElement !== document.body &&
      document.activeElement?.closest("dialog") === null
    );
    assertFalse(isOutside, "the focus stays in the list");
  }
  await keyboard.press("m");
  assert((await barKeys(ann)).includes("Mute"), "keys rest while the list is open");
  await keyboard.press("Escape");
  await waitForValue(() => dialogs(ann), 0, { what: "no list" });
  await isFocused(ann, "key-chat");

  const marks = () =>
    ann.page.$eval(
      "#key-chat",
      (key) => ["aria-keyshortcuts", "title"].map((name) => key.getAttribute(name)),
    );
  assertEquals(await marks(), ["C", "Chat (C)"]);
  await ann.press("More");
  await ann.press("Keyboard shortcuts");
  await waitForValue(() => dialogs(ann), 1, { what: "the list from the menu" });
  await ann.page.click("dialog [role=switch]");
  await waitForValue(marks, [null, null], { what: "no marks" });
  await keyboard.press("Escape");
  await waitForValue(() => dialogs(ann), 0, { what: "no list" });
  await isFocused(ann, "More");
  await keyboard.press("m");
  await keyboard.press("?");
  assert((await barKeys(ann)).includes("Mute"));
  assertEquals(await dialogs(ann), 0);
  const stored = await ann.page.evaluate(() => localStorage.getItem("parley") ?? "");
  assert(stored.includes('"shortcuts":false'), "it is remembered");
  assertEquals(await allComplaints([ann]), []);
});

Deno.test("the tab's icon counts unread lines, and closing asks only while something is shared", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "attic", name: "Ann" });
  await using bo = await visit(chromium, { server, room: "attic", name: "Bo" });
  await ann.page.setViewport({ width: 1280, height: 800 });
  await waitForTiles([ann, bo], 1);
  await waitForKey(ann, "Share");
  const icon = () => ann.page.$eval('link[rel="icon"]', (link) => link.getAttribute("href") ?? "");
  const plain = await icon();
  await bo.say("look");
  await waitFor(async () => (await icon()).startsWith("data:image/png"), { what: "a count" });
  await ann.page.focus("body");
  await ann.page.keyboard.press("c");
  await waitForChat(ann, "look");
  await waitFor(async () => (await icon()).endsWith(plain), { what: "the icon as it was" });
  await ann.page.keyboard.press("Escape");

  const asks = () =>
    ann.page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
  assertFalse(await asks());
  await ann.press("Share");
  await waitFor(asks, { what: "a question before closing" });
  await ann.page.keyboard.press("s");
  await waitFor(async () => !await asks(), { what: "no question" });
  assertEquals(await allComplaints([ann, bo]), []);
});
