// Emoji by name, and the way back to the name.

import type { Page } from "puppeteer-core";
import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  launchChromium,
  launchFirefox,
  startServer,
  waitFor,
  waitForValue,
} from "../rig/mod.ts";
import { visit, waitForChat, written } from "./chat_page.ts";
import { holdScript } from "./held_script.ts";

for (const [name, launch] of [["Chromium", launchChromium], ["Firefox", launchFirefox]] as const) {
  Deno.test(`Ctrl+Z brings back the name of an emoji, and it can be sent, in ${name}`, async () => {
    await using server = await startServer();
    await using browser = await launch();
    await using ann = await visit(browser, { server, room: "signs", name: "Ann" });
    const { keyboard } = ann.page;
    await waitFor(() => ann.page.$("#chat-box"), { what: "the message box" });
    const undo = async () => {
      await keyboard.down("Control");
      await keyboard.press("z");
      await keyboard.up("Control");
    };
    const holds = (text: string) => waitForValue(() => written(ann), text, { what: text });
    await ann.page.type("#chat-box", "see :tada:");
    await holds("see 🎉");
    await undo();
    await holds("see :tada:");
    await keyboard.type(" there");
    await holds("see :tada: there");
    await keyboard.press("Enter");
    await waitForChat(ann, "see :tada: there");

    // One that was picked, in the middle of a line.
    await keyboard.type("a  b");
    await keyboard.press("ArrowLeft");
    await keyboard.press("ArrowLeft");
    await keyboard.type(":smi");
    await waitFor(() => ann.page.$("[role=option]"), { what: "suggestions" });
    await keyboard.press("Enter");
    await holds("a 😄  b");
    await undo();
    await holds("a :smi b");
    await keyboard.down("Control");
    await keyboard.press("a");
    await keyboard.up("Control");
    await keyboard.press("Backspace");

    await keyboard.type("\\:heart: and `:heart:` and :heart:");
    await holds(":heart: and `:heart:` and ❤️");
    assertEquals(await allComplaints([ann]), []);
  });
}

/** No picture is drawn any more, and no timer of a page that waits for one runs out. */
function holdPictures(page: Page): Promise<void> {
  return page.evaluate(() => {
    const { setTimeout } = globalThis;
    const held: (() => void)[] = [];
    Object.assign(globalThis, {
      requestAnimationFrame: (run: () => void) => held.push(run),
      setTimeout: (run: () => void, ms = 0) => ms > 0 ? held.push(run) : setTimeout(run),
      drawPictures: () => held.splice(0).forEach((run) => run()),
    });
  });
}

Deno.test("Enter before the picture in which names were to be completed sends once", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await visit(chromium, { server, room: "signs", name: "Ann" });
  const { page } = ann;
  await waitFor(() => page.$("#chat-box"), { what: "the message box" });
  const completion = await holdScript(ann, "tada");
  await page.type("#chat-box", "well :tada: done");
  const url = await completion.asked;
  await holdPictures(page);
  completion.letGo();
  await page.evaluate(async (url) => {
    await import(url);
    for (let task = 0; task < 9; task++) await new Promise((done) => setTimeout(done));
  }, url);
  await page.keyboard.press("Enter");
  await page.evaluate(() => Reflect.get(globalThis, "drawPictures")());
  await waitForChat(ann, "well :tada: done");
  assertEquals(await written(ann), "");
  assertEquals(await allComplaints([ann]), []);
});
