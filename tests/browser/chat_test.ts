// The chat between real browsers: private lines, replies, changes, history, and what the box does.

import { assertEquals, assertFalse } from "../assert.ts";
import {
  allComplaints,
  launchChromium,
  launchFirefox,
  startServer,
  waitFor,
  waitForValue,
} from "../rig/mod.ts";
import {
  enter,
  frames,
  pick,
  rewrite,
  visit,
  waitForChat,
  waitForNone,
  written,
} from "./chat_page.ts";

Deno.test("a private line reaches one person, and no frame of it reaches a third", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using firefox = await launchFirefox();
  const room = "whispers";
  await using ann = await enter(chromium, { server, room, name: "Ann" });
  await using bo = await enter(firefox, { server, room, name: "Bo" });
  await using cy = await enter(chromium, { server, room, name: "Cy" });
  await bo.say("hello from Bo");
  await pick(ann, "hello from Bo", "Write to Bo only");
  await ann.say("the cake is secret");
  await waitForChat(bo, "Only you and Ann see this");
  await waitForChat(ann, "Only you and Bo see this");
  await waitFor(
    () =>
      bo.page.$$eval(
        "[role=status]",
        (all) =>
          all.some(({ textContent }) =>
            textContent?.includes("Ann, to you only: the cake is secret")
          ),
      ),
    { what: "it to be said to who hears the page" },
  );
  await pick(bo, "the cake is secret", "Reply");
  await bo.say("lemon is secret too");
  await waitForChat(ann, "lemon is secret too");
  await pick(bo, "lemon is secret too", "Edit");
  await rewrite(bo, "orange is secret too");
  await waitForChat(ann, "orange is secret too");

  await cy.say("what is going on?");
  await waitForChat(ann, "what is going on?");
  await using dee = await enter(chromium, { server, room, name: "Dee" });
  await waitForChat(dee, "what is going on?");
  for (const third of [cy, dee]) {
    assertFalse(/secret/.test(await frames(third, "got")), "not a word on the wire");
    assertEquals((await frames(third, "sent")).match(/"join"/g)?.length, 1, "and no gap");
  }

  await bo.press("Leave");
  await waitForChat(ann, "Bo left");
  await ann.say("nobody may read this");
  await waitFor(
    () =>
      ann.page.$eval(".chat-aim", (strip) => strip.textContent?.includes("Nobody would receive")),
    { what: "the box to say that Bo is not there" },
  );
  assertEquals(await written(ann), "nobody may read this");
  await ann.press("Write to everyone again");
  await rewrite(ann, "hello all");
  await waitForChat(cy, "hello all");
  assertFalse((await frames(ann, "sent")).includes("nobody may read this"));
  assertEquals(await allComplaints([ann, cy, dee]), []);
});

Deno.test("replies quote and jump; edits reach everyone, and people who join later", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using firefox = await launchFirefox();
  const room = "changes";
  await using ann = await visit(chromium, { server, room, name: "Ann" });
  await using bo = await visit(firefox, { server, room, name: "Bo" });
  await ann.say("the gate is left");
  for (let n = 0; n < 6; n++) await bo.say(`line ${n}\nof\nthree`);
  await waitForChat(ann, "line 5");
  await pick(bo, "the gate is left", "Reply");
  await bo.say("left of what?");
  await waitFor(
    () => ann.page.$$eval("button.chat-quote", ([quote]) => quote?.textContent),
    { what: "the quote" },
  ).then((quote) => assertEquals(quote, "Annthe gate is left"));
  await ann.page.click("button.chat-quote");
  await waitFor(
    () => ann.page.evaluate(() => document.activeElement?.textContent?.includes("the gate")),
    { what: "the focus on the line that was quoted" },
  );

  await ann.page.focus("#chat-box");
  await ann.page.keyboard.press("ArrowUp");
  await waitForValue(() => written(ann), "the gate is left", { what: "one's last line" });
  await rewrite(ann, "the gate is right");
  await waitForChat(bo, "the gate is rightedited");
  await waitForNone(bo, "the gate is left");
  await pick(bo, "left of what?", "Delete for everyone");
  await waitForChat(ann, "This message was deleted");
  await waitForChat(bo, "You deleted this message");

  await using late = await enter(chromium, { server, room, name: "Late" });
  for (const text of ["Earlier in this room", "the gate is right", "line 5", "You joined"]) {
    await waitForChat(late, text);
  }
  await waitForChat(late, "This message was deleted");
  assertFalse(/gate is left|left of what/.test(await frames(late, "got")), "only the last wording");
  assertEquals(await allComplaints([ann, late]), []);
});

Deno.test("without history a late one gets nothing from before, on the wire neither", async () => {
  await using server = await startServer({ args: ["--chat-history", "none"] });
  await using chromium = await launchChromium();
  const room = "silent";
  await using ann = await visit(chromium, { server, room, name: "Ann" });
  await ann.say("before you came");
  await waitForChat(ann, "before you came");
  await using late = await enter(chromium, { server, room, name: "Late" });
  await pick(ann, "before you came", "Edit");
  await rewrite(ann, "still before you came");
  await ann.say("now you are here");
  await waitForChat(late, "now you are here");
  assertFalse((await frames(late, "got")).includes("before you came"));
  assertFalse((await late.chat()).includes("Earlier"));
});

Deno.test("an input method's Enter sends nothing; Shift+Enter breaks; a draft outlives its panel", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await enter(chromium, { server, room: "box", name: "Ann" });
  const { page } = ann;
  const { keyboard } = page;
  const session = await page.createCDPSession();
  await page.focus("#chat-box");
  await session.send("Input.imeSetComposition", {
    text: "nihao",
    selectionStart: 5,
    selectionEnd: 5,
  });
  await page.$eval("#chat-box", (box) => {
    const press = (init: KeyboardEventInit) =>
      box.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init }),
      );
    press({ isComposing: true });
    // Safari's last one, after the composition.
    press({ keyCode: 229 });
  });
  await session.send("Input.insertText", { text: "你好" });
  assertEquals(await written(ann), "你好");
  await keyboard.down("Shift");
  await keyboard.press("Enter");
  await keyboard.up("Shift");
  await keyboard.type("世界");
  assertFalse((await frames(ann, "sent")).includes('"chat"'));
  await ann.press("Close");
  await ann.press("Chat");
  await waitForValue(() => written(ann), "你好\n世界", { what: "what was written before" });
  await waitFor(() => page.evaluate(() => document.activeElement?.id === "chat-box"), {
    what: "the focus in the box",
  });
  await keyboard.press("Enter");
  await waitForChat(ann, "你好\n世界");
  await page.$eval("#chat-box", (box) => {
    if (box instanceof HTMLTextAreaElement) box.value = "x".repeat(3_900);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await waitForValue(
    () => page.$eval("#chat-count", (count) => count.textContent),
    "100 characters left",
    { what: "what is left" },
  );
  assertEquals(await allComplaints([ann]), []);
});

Deno.test("code, links and markup are shown as what they are, emoji come by name and key", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await enter(chromium, { server, room: "signs", name: "Ann" });
  const { page } = ann;
  await ann.say("<img src=x onerror=alert(1)> **no** `a < b` https://a.example/b javascript:x");
  await waitForChat(ann, "a < b");
  const parts = await page.$$eval(".chat-text *", (found) => found.map(({ tagName }) => tagName));
  assertEquals(parts, ["STRONG", "CODE", "A"]);

  await page.type("#chat-box", "yes :smi");
  await waitFor(() => page.$("[role=option]"), { what: "suggestions" });
  const active = () =>
    page.$eval("#chat-box", (box) => {
      const id = box.getAttribute("aria-activedescendant") ?? "";
      return document.getElementById(id)?.textContent ?? "";
    });
  await waitForValue(active, "😄 :smile:", { what: "the first one" });
  await page.keyboard.press("ArrowDown");
  await waitForValue(active, "😃 :smiley:", { what: "the next one" });
  await page.keyboard.press("Enter");
  await waitForValue(() => written(ann), "yes 😃 ", { what: "the emoji" });
  await page.keyboard.type("and :tada: at 10:30");
  await waitForValue(() => written(ann), "yes 😃 and 🎉 at 10:30", { what: "the other" });
  await page.keyboard.press("Enter");
  await waitForChat(ann, "yes 😃 and 🎉 at 10:30");
  assertEquals(await allComplaints([ann]), []);
});
