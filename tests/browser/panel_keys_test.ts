// Letters that are typed into anything but the call itself never act on the call.

import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  launchFirefox,
  type Peer,
  startServer,
  waitFor,
  waitForCard,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { visit, waitForChat, written } from "./chat_page.ts";
import { bringFile } from "./made_files.ts";

/** Everything that a letter could change. */
function situation({ page }: Peer) {
  return page.evaluate(() => {
    const has = (selector: string) => document.querySelector(selector) !== null;
    return {
      muted: has('.bar [aria-label="Unmute"]'),
      camera: has('.bar [aria-label="Stop video"]'),
      hand: has('.bar [aria-label="Hand"][aria-pressed="true"]'),
      screen: has("[data-screen-of]"),
      dialog: has("dialog[open]"),
      full: document.fullscreenElement !== null,
      panel: /panel-\w+/.exec(document.querySelector(".room")?.className ?? "")?.[0],
    };
  });
}

/** Clicks into the middle of something, whether or not it takes the focus. */
async function clickInto({ page }: Peer, selector: string): Promise<void> {
  // A line of chat is drawn anew when the server confirms it, so a first handle may be stale.
  const click = async () => {
    const element = await page.$(selector);
    return await element?.click().then(() => true, () => false);
  };
  await waitFor(click, { what: `a click into ${selector}` });
}

const call = { muted: false, camera: true, hand: false, screen: false, dialog: false, full: false };
const letters = "him please visit ?";

/** Ann with everything on, and Bo who came to write. */
async function withBo(stack: AsyncDisposableStack): Promise<{ ann: Peer; bo: Peer }> {
  const server = stack.use(await startServer());
  const chromium = stack.use(await launchChromium());
  const ann = stack.use(await joinByLink(chromium, { server, room: "attic", name: "Ann" }));
  const bo = stack.use(await visit(chromium, { server, room: "attic", name: "Bo" }));
  await ann.page.setViewport({ width: 1280, height: 800 });
  await waitForTiles([ann, bo], 1);
  await waitFor(() => ann.page.$("#key-chat"), { what: "the bar" });
  const before = { ...call, panel: "panel-none" };
  await waitForValue(() => situation(ann), before, { what: "camera and microphone" });
  return { ann, bo };
}

Deno.test("letters after a click anywhere in a panel do nothing to the call", async () => {
  await using stack = new AsyncDisposableStack();
  const { ann, bo } = await withBo(stack);
  await bo.say("hello");
  await bringFile(bo, "button", "a.txt");
  await bo.press("Offer file");
  const panels: [string, string[]][] = [
    ["chat", [".chat-log", ".chat-text", ".chat-head", ".file-about", "#chat-title"]],
    // Not the middle of the whole panel: a switch of the room may lie there.
    ["people", ["#people-title", "#people li", "#people h3"]],
    ["links", ["#links-title", ".links-body", ".links-body p"]],
  ];
  for (const [panel, places] of panels) {
    await ann.page.click(`#key-${panel}`);
    const before = { ...call, panel: `panel-${panel}` };
    await waitForValue(() => situation(ann), before, { what: `the panel ${panel}` });
    if (panel === "chat") await waitForCard(ann, { says: /Accept/ });
    // As it opens: the focus is in it, and nobody clicked there.
    if (panel !== "chat") await ann.page.keyboard.type(letters);
    assertEquals(await situation(ann), before, panel);
    for (const place of places) {
      await clickInto(ann, place);
      await ann.page.keyboard.type(letters);
      assertEquals(await situation(ann), before, place);
    }
    await ann.page.keyboard.down("Space");
    await ann.page.keyboard.up("Space");
    assertEquals(await situation(ann), before, "nor does the space bar");
  }
  // Back on the stage they act.
  await ann.page.keyboard.press("Escape");
  await ann.page.mouse.click(200, 300);
  await ann.page.keyboard.press("m");
  await waitForValue(async () => (await situation(ann)).muted, true, { what: "silence" });
  assertEquals(await allComplaints([ann, bo]), []);
});

Deno.test("letters rest in menus, small windows and notices over the call, and act again once these are gone", async () => {
  await using stack = new AsyncDisposableStack();
  const { ann, bo } = await withBo(stack);
  const before = { ...call, panel: "panel-none" };
  for (const key of ["More", "Microphone and speaker"]) {
    await ann.press(key);
    await waitFor(() => ann.page.$(".popover"), { what: "the window" });
    await ann.page.keyboard.type("mvhs");
    assertEquals(await situation(ann), before, key);
    await ann.page.keyboard.press("Escape");
    await waitFor(async () => await ann.page.$(".popover") === null, { what: "no window" });
  }
  // Whatever is added to the room later.
  await ann.page.evaluate(() => {
    const later = document.createElement("section");
    later.id = "later";
    later.textContent = "A panel of another day";
    later.style.cssText = "position:fixed;inset:0 auto auto 0;width:200px;height:100px;z-index:99";
    document.querySelector(".room")?.append(later);
  });
  await clickInto(ann, "#later");
  await ann.page.keyboard.type(letters);
  assertEquals(await situation(ann), before, "a later panel");
  await ann.page.evaluate(() => document.getElementById("later")?.remove());
  await ann.page.keyboard.press("h");
  await waitForValue(async () => (await situation(ann)).hand, true, { what: "the hand" });
  assertEquals(await allComplaints([ann, bo]), []);
});

Deno.test("a key that opened a panel closes it or opens another, and nothing else acts from there", async () => {
  await using stack = new AsyncDisposableStack();
  const { ann, bo } = await withBo(stack);
  const panel = async () => (await situation(ann)).panel;
  for (const [key, wanted] of [["p", "people"], ["l", "links"], ["p", "people"]] as const) {
    await ann.page.keyboard.press(key);
    await waitForValue(panel, `panel-${wanted}`, { what: wanted });
  }
  await ann.page.keyboard.type("mhsl");
  assertEquals(await situation(ann), { ...call, panel: "panel-people" });
  assertEquals(await allComplaints([ann, bo]), []);
});

Deno.test("letters that layouts write with AltGr are letters", async () => {
  await using stack = new AsyncDisposableStack();
  const { ann, bo } = await withBo(stack);
  await ann.page.focus("#stage");
  for (const [key, code] of [["µ", "KeyM"], ["ß", "KeyS"], ["ł", "KeyL"], ["“", "KeyV"]]) {
    await ann.page.evaluate(
      (key, code) => {
        const init = { key, code, bubbles: true, modifierAltGraph: true };
        document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", init));
      },
      key,
      code,
    );
  }
  assertEquals(await situation(ann), { ...call, panel: "panel-none" });
  assertEquals(await allComplaints([ann, bo]), []);
});

for (const [name, launch] of [["Chromium", launchChromium], ["Firefox", launchFirefox]] as const) {
  Deno.test(`who reads the chat and begins to type writes in the message box, in ${name}`, async () => {
    await using server = await startServer();
    await using browser = await launch();
    await using ann = await visit(browser, { server, room: "attic", name: "Ann" });
    await ann.page.setViewport({ width: 1280, height: 800 });
    await ann.say("one line");
    await waitForChat(ann, "one line");
    await clickInto(ann, ".chat-text");
    assert(await ann.page.evaluate(() => document.activeElement?.id !== "chat-box"));
    await ann.page.keyboard.type("him please");
    assertEquals(await written(ann), "him please");
    const { hand, screen, muted } = await situation(ann);
    assertEquals(
      [hand, screen, muted],
      [false, false, true],
      "text only: there is no sound to mute",
    );
    assertEquals(await allComplaints([ann]), []);
  });
}

Deno.test("on a tablet with a keyboard letters go to the message box as soon as the chat is open", async () => {
  await using stack = new AsyncDisposableStack();
  const { ann, bo } = await withBo(stack);
  await ann.page.setViewport({ width: 820, height: 1180, hasTouch: true, isMobile: true });
  await waitForTiles([ann, bo], 1);
  for (const [way, text] of [["a touch", "him please"], ["its key", "call him please"]] as const) {
    await waitFor(() => ann.page.$("textarea"), { what: "the chat" });
    if (way === "a touch") await ann.page.tap("#key-chat");
    else await ann.page.keyboard.press("c");
    await waitFor(() => ann.page.$(".panel-chat"), { what: `the chat after ${way}` });
    await ann.page.keyboard.type(text);
    await waitForValue(() => written(ann), text, { what: `what was typed after ${way}` });
    assertEquals(await situation(ann), { ...call, panel: "panel-chat" }, way);
    for (const _ of text) await ann.page.keyboard.press("Backspace");
    await ann.page.keyboard.press("Escape");
    await waitFor(() => ann.page.$(".panel-none"), { what: "no panel" });
  }
  assertEquals(await allComplaints([ann, bo]), []);
});
