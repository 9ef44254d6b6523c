// What the page tells of the chat to who does not look at it, what a finger reaches, and what
// leaves as a file.

import { assert, assertEquals, assertFalse } from "../assert.ts";
import {
  allComplaints,
  launchChromium,
  type Peer,
  startServer,
  waitFor,
  waitForValue,
} from "../rig/mod.ts";
import { pick, visit, waitForChat } from "./chat_page.ts";
import { savedText, watchDownloads } from "./downloads.ts";

declare global {
  // Put into the page by `watchNotices`.
  var __told: { title: string; body: string }[] | undefined;
  var __tones: number | undefined;
}

/** Runs in the page: records notices and tones in place of showing and playing them. */
function watchNotices(): void {
  const told: { title: string; body: string }[] = [];
  globalThis.__told = told;
  globalThis.__tones = 0;
  const Fake = function (title: string, { body }: { body: string }) {
    told.push({ title, body });
    return { close() {} };
  };
  Object.assign(Fake, { permission: "granted" });
  Object.defineProperty(globalThis, "Notification", { value: Fake });
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) {
    globalThis.__tones = (globalThis.__tones ?? 0) + 1;
    start.call(this, at);
  };
}

/** As if another tab were in front, or this one again. */
function hide({ page }: Peer, hidden: boolean): Promise<void> {
  return page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}

const titleOf = ({ page }: Peer) => () => page.title();

Deno.test("unread lines are counted in bar and title, also while the tab is hidden", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const room = "attic";
  await using ann = await visit(chromium, { server, room, name: "Ann" });
  await using bo = await visit(chromium, { server, room, name: "Bo" });
  await ann.page.setViewport({ width: 1280, height: 800 });
  await waitForValue(titleOf(ann), "attic · Parley", { what: "the room in the title" });
  await ann.press("Close");
  await bo.say("one");
  await bo.say("two");
  await waitForValue(titleOf(ann), "(2) attic · Parley", { what: "two unread" });
  assertEquals(
    await ann.page.$$eval("#key-chat .badge", ([badge]) => badge?.getAttribute("data-count")),
    "2",
  );
  await ann.press("Chat");
  await waitForValue(titleOf(ann), "attic · Parley", { what: "nothing unread" });
  await waitForChat(ann, "2 new");
  await hide(ann, true);
  await bo.say("three");
  await waitForValue(titleOf(ann), "(1) attic · Parley", { what: "one unread behind the tab" });
  await hide(ann, false);
  await waitForValue(titleOf(ann), "attic · Parley", { what: "it to be seen" });
  assertEquals(await allComplaints([ann, bo]), []);
});

Deno.test("sound and notices come when wanted and hidden, and say nothing of a private line", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const room = "attic";
  await using ann = await visit(chromium, { server, room, name: "Ann" });
  await ann.page.evaluate(watchNotices);
  await using bo = await visit(chromium, { server, room, name: "Bo" });
  const told = () => ann.page.evaluate(() => globalThis.__told ?? []);
  const tones = () => ann.page.evaluate(() => globalThis.__tones ?? 0);
  await hide(ann, true);
  await bo.say("unwanted");
  await waitForChat(ann, "unwanted");
  await hide(ann, false);
  assertEquals([await told(), await tones()], [[], 0]);

  await ann.press("Chat options");
  await ann.press("Sound for new messages");
  await ann.press("Notifications while the page is hidden");
  await waitFor(
    () =>
      ann.page.$$eval("[aria-checked=true]", (found) => {
        const on = found.map(({ textContent }) => textContent ?? "");
        return ["Sound", "Notifications"].every((name) => on.some((text) => text.startsWith(name)));
      }),
    { what: "both switches to be on" },
  );
  await ann.page.keyboard.press("Escape");
  const sample = await tones();
  assert(sample > 0, "one hears at once what was turned on");
  await bo.say("in plain sight");
  await waitForChat(ann, "in plain sight");
  assertEquals([await told(), await tones()], [[], sample]);
  await hide(ann, true);
  await bo.say("come back");
  await waitFor(async () => (await told()).length === 1, { what: "a notice" });
  await bo.press("Chat options");
  await bo.press("Write to Ann only");
  await bo.say("the cake is secret");
  await waitFor(async () => (await told()).length === 2, { what: "another" });
  assertEquals(await told(), [
    { title: "Bo · attic", body: "come back" },
    { title: "A private message from Bo", body: "attic" },
  ]);
  assert(await tones() > sample);

  await ann.page.reload();
  const stored = await ann.page.evaluate(() => localStorage.getItem("parley") ?? "");
  assert(/"chatSound":true,"chatNotices":true/.test(stored), "they are remembered");
  assertEquals(await allComplaints([ann, bo]), []);
});

Deno.test("the chat is saved as text with names, times and marks", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const room = "attic";
  await using ann = await visit(chromium, { server, room, name: "Ann" });
  await watchDownloads(ann);
  await ann.say("first");
  await waitForChat(ann, "first");
  await pick(ann, "first", "Delete for everyone");
  await ann.say("second");
  await waitForChat(ann, "second");
  await ann.press("Chat options");
  await ann.press("Save chat as text");
  const [name, text] = await savedText(ann);
  assert(/^attic-\d{4}-\d\d-\d\d\.txt$/.test(name));
  const stamp = /^\[\d{4}-\d\d-\d\d \d\d:\d\d\] /;
  const lines = text.trim().split("\n").slice(2);
  assert(lines.every((line) => stamp.test(line)), text);
  assertEquals(lines.map((line) => line.replace(stamp, "")), [
    "Ann: (You deleted this message)",
    "Ann: second",
  ]);
  assertEquals(await allComplaints([ann]), []);
});

Deno.test("on a phone a touch of a line shows its key, and the chat leaves the call in view", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const room = "attic";
  await using ann = await visit(chromium, { server, room, name: "Ann" });
  await ann.page.setViewport({ width: 360, height: 740, hasTouch: true, isMobile: true });
  await waitFor(() => ann.page.$("#chat-box"), { what: "the box after the reload" });
  await using bo = await visit(chromium, { server, room, name: "Bo" });
  await bo.say("touch me");
  await waitForChat(ann, "touch me");
  const opacity = () => ann.page.$eval(".line-key", (key) => Number(getComputedStyle(key).opacity));
  assertEquals(await opacity(), 0);
  await ann.page.tap(".chat-text");
  await waitForValue(opacity, 1, { what: "the key" });
  await ann.page.tap(".line-key");
  await waitFor(() => ann.page.$("[role=menu]"), { what: "the menu" });
  await ann.page.tap("[role=menuitem]");
  await waitForValue(() => ann.page.$$eval(".chat-aim", (found) => found.length), 1, {
    what: "the reply",
  });
  const places = await ann.page.evaluate(() =>
    [".stage", ".panel-head", ".chat-log", ".chat-form", ".panel-mute"].map((part) => {
      const box = document.querySelector(part)?.getBoundingClientRect();
      return box !== undefined && box.width > 0 && box.top >= 0 && box.bottom <= innerHeight &&
        box.right <= innerWidth;
    })
  );
  assertFalse(places.includes(false), `${places}`);
  assertEquals(await allComplaints([ann, bo]), []);
});
