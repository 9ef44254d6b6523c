// Words and names of all scripts: each in its own direction, none over what is around it.

import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  launchChromium,
  type Peer,
  startServer,
  waitFor,
  waitForTiles,
} from "../rig/mod.ts";
import { pick, visit, waitForChat } from "./chat_page.ts";
import { bringFile } from "./made_files.ts";

const hebrew = "שרה לוי";
const stack = `Z${"\u0335\u0489\u0321\u036f".repeat(7)}`;

/**
 * Each shown text node with `text`: its direction, whose words it holds, and how high the box is
 * that cuts it.
 */
function places({ page }: Peer, text: string) {
  return page.evaluate((text) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { data, parentElement: parent } = walker.currentNode as Text;
      if (!data.normalize().includes(text.normalize()) || parent === null) continue;
      if (parent.closest(".unseen, option, script, [hidden]") !== null) continue;
      let cut: Element | null = parent;
      while (cut !== null && !isCut(cut)) cut = cut.parentElement;
      const lines = (cut?.clientHeight ?? Infinity) /
        parseFloat(getComputedStyle(parent).lineHeight);
      const { direction } = getComputedStyle(parent);
      const isAuto = parent.closest('[dir="auto"]') !== null || data.includes("\u2068");
      found.push({ place: parent.className || parent.tagName, direction, isAuto, lines, data });
    }
    return found;

    function isCut(element: Element): boolean {
      const { overflowY, display } = getComputedStyle(element);
      return display !== "inline" && overflowY !== "visible";
    }
  }, text);
}

Deno.test("what is written from right to left stands so, wherever it is shown", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const room = "חדר";
  await using ann = await visit(chromium, { server, room, name: "Ann" });
  await using sara = await visit(chromium, { server, room, name: hebrew });
  await ann.page.setViewport({ width: 1280, height: 800 });
  await waitForTiles([ann, sara], 1);
  await sara.say("שלום לכולם.");
  await ann.say("Hello all.");
  await pick(ann, "שלום", "Reply");
  await bringFile(sara, "button", "תמונה.txt");
  await sara.press("Offer file");
  await waitForChat(ann, "תמונה");
  const line = async (text: string) =>
    (await places(ann, text)).find(({ place }) => place === "chat-text");
  assertEquals((await line("שלום"))?.direction, "rtl");
  assertEquals((await line("Hello"))?.direction, "ltr");
  for (const text of [hebrew, "שלום", "תמונה", room]) {
    const found = await places(ann, text);
    assert(found.length > 0, text);
    assertEquals(found.filter(({ isAuto }) => !isAuto), [], `${text} has its own direction`);
  }
  await ann.page.click("#key-people");
  const listed = await waitFor(
    async () => (await places(ann, hebrew)).find(({ place }) => place === "STRONG"),
    { what: "the list" },
  );
  assertEquals(listed.direction, "rtl");
  const box = await ann.page.$eval("#chat-box", (box) => box.getAttribute("dir"));
  assertEquals(box, "auto");
  assertEquals(await allComplaints([ann, sara]), []);
});

Deno.test("a stack of marks is cut at its line, in words and in names", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await visit(chromium, { server, room: "marks", name: "Ann" });
  await using zed = await visit(chromium, { server, room: "marks", name: stack });
  await ann.page.setViewport({ width: 1280, height: 800 });
  await waitForTiles([ann, zed], 1);
  const text = `Q${"\u0336\u030d\u0315\u0489".repeat(40)}`;
  await zed.say(text);
  await waitForChat(ann, "Q");
  await pick(ann, "Q", "Reply");
  await bringFile(ann, "button", `${text.slice(0, 60)}.txt`);
  await waitFor(() => ann.page.$(".file-tray"), { what: "the tray" });
  for (const panel of ["chat", "people", "links"]) {
    if (panel !== "chat") await ann.page.click(`#key-${panel}`);
    await waitFor(() => ann.page.$(`.panel-${panel}`), { what: panel });
    const found = [...await places(ann, stack), ...await places(ann, "Q\u0336")];
    assert(found.length > 3);
    const free = found.filter(({ lines }) => lines > 3.5)
      .map(({ place, lines }) => `${place}: ${lines.toFixed(1)} lines`);
    assertEquals(free, [], `in ${panel}`);
  }
  assertEquals(await allComplaints([ann, zed]), []);
});
