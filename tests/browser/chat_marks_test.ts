// Reactions, the pinned line, format, mentions, signs of reading and search, in an open and in a
// sealed room.

import { assert, assertEquals, assertFalse } from "../assert.ts";
import {
  allComplaints,
  launchChromium,
  openPeer,
  type Peer,
  startServer,
  waitFor,
} from "../rig/mod.ts";
import { newSecret } from "../../mesh/sealing/new_secret.ts";
import { findings } from "./axe.ts";
import { pick, rewrite, waitForChat, written } from "./chat_page.ts";

/** Waits for an element of this kind that holds `text`. */
async function waitForText({ page }: Peer, selector: string, text: string): Promise<void> {
  await waitFor(
    () =>
      page.$$eval(
        selector,
        (all, text) => all.some((one) => one.textContent?.includes(text)),
        text,
      ),
    { what: `"${text}" in ${selector}` },
  );
}

/** The spoken names of all reactions. */
function marks({ page }: Peer): Promise<string[]> {
  return page.$$eval(
    ".line-marks button",
    (all) => all.map((key) => key.getAttribute("aria-label") ?? ""),
  );
}

async function waitForMarks(peer: Peer, wanted: string[]): Promise<void> {
  await waitFor(async () => JSON.stringify(await marks(peer)) === JSON.stringify(wanted), {
    what: `the reactions ${wanted.join()}`,
  });
}

/** Reacts by keyboard: the menu of the line, its row, and the sign's place in the picker. */
async function react(peer: Peer, text: string, place: number): Promise<void> {
  await pick(peer, text, "React");
  await waitFor(() => peer.page.$(".mark-picker"), { what: "the picker" });
  for (let n = 0; n < place; n++) await peer.page.keyboard.press("ArrowRight");
  await peer.page.keyboard.press("Enter");
}

/** In the page: whether the search has the focus before the next task, so before the next key. */
async function searchAtOnce(): Promise<boolean> {
  const key = { key: "f", ctrlKey: true, bubbles: true, cancelable: true };
  document.querySelector("#chat-box")?.dispatchEvent(new KeyboardEvent("keydown", key));
  for (let turns = 0; turns < 100; turns++) await Promise.resolve();
  return document.activeElement?.matches(".chat-search input") === true;
}

async function searchTheChat(bob: Peer, kind: string): Promise<void> {
  await bob.page.focus("#chat-box");
  await bob.page.keyboard.down("Control");
  await bob.page.keyboard.press("f");
  await bob.page.keyboard.up("Control");
  await waitFor(() => bob.page.$(".chat-search input:focus"), { what: "the search" });
  await bob.page.keyboard.press("Escape");
  assertEquals(await bob.page.evaluate(searchAtOnce), true, "the next key is one of the search");
  await bob.page.keyboard.type("GATE");
  await waitForText(bob, ".chat-search-count", "1");
  await bob.page.keyboard.press("Enter");
  await waitForText(bob, ".chat-line.found", "the gate");
  assertEquals(await findings(bob.page, `the chat of an ${kind} room`), []);
  await bob.page.keyboard.press("Escape");
}

/** What is not sent stays in the tab, but in a sealed room in memory alone. */
async function keepDraft(bob: Peer, kind: string): Promise<void> {
  await bob.page.focus("#chat-box");
  await bob.page.keyboard.type("not sent yet");
  await waitFor(async () => (await written(bob)) === "not sent yet", { what: "the draft" });
  const kept = await bob.page.evaluate(() => sessionStorage.getItem("parley-draft-marks"));
  if (kind === "open") assert(kept?.includes("not sent yet"));
  else assertEquals(kept, null, "nothing on disk");
}

for (const kind of ["open", "sealed"] as const) {
  Deno.test(`people react to lines, pin, mention and see who writes and reads, in ${kind === "open" ? "an open" : "a sealed"} room`, async () => {
    await using server = await startServer();
    await using browser = await launchChromium();
    const secret = kind === "sealed" ? newSecret() : undefined;
    const enter = (name: string) =>
      openPeer(
        browser,
        server.room("marks", { name, join: "1", camera: "0", microphone: "0" }, secret),
      );
    await using ann = await enter("Ann");
    await waitFor(() => ann.page.$("#chat-box"), { what: "Ann's message box" });
    await using bob = await enter("Bob");
    // A person who joins with text only sees the chat.
    await waitFor(() => bob.page.$("#chat-box"), { what: "Bob's message box" });
    await bob.press("Close");
    await ann.say("the **gate** is _left_ of @Bob\n- one\n- two");
    await waitForText(bob, ".chat-text strong", "gate");
    await waitForText(bob, ".chat-text li", "two");
    await waitForText(bob, ".own-name", "@Bob");
    await waitForText(bob, ".mention-pill", "Ann mentioned you");

    await bob.press("Show");
    await waitForText(ann, ".chat-read", "Read by Bob");
    await react(bob, "the gate", 1);
    await waitForMarks(ann, ["Heart, 1: Bob"]);
    await ann.page.click(".line-marks button");
    await waitForMarks(bob, ["Heart, 2: Bob and Ann"]);
    await pick(ann, "the gate", "Pin for everyone");
    await waitForText(bob, ".chat-pin", "gate");

    await bob.page.focus("#chat-box");
    await bob.page.keyboard.type("hi @An");
    await waitForText(ann, ".chat-writing", "Bob is writing");
    await waitFor(() => bob.page.$("[role=option]"), { what: "the name" });
    await bob.page.keyboard.press("Enter");
    assertEquals(await written(bob), "hi @Ann ");
    await rewrite(bob, "hi @Ann, see you");
    await waitForText(ann, ".chat-line.mentions", "see you");

    await using cem = await enter("Cem");
    await waitForChat(cem, "see you");
    await waitForMarks(cem, ["Heart, 2: Bob and Ann"]);
    await waitForText(cem, ".chat-pin", "gate");
    await pick(ann, "the gate", "Unpin");
    await waitFor(async () => (await cem.page.$(".chat-pin")) === null, { what: "no pinned line" });

    await searchTheChat(bob, kind);
    await keepDraft(bob, kind);
    assertFalse((await ann.chat()).includes("not sent yet"));
    assertEquals(await allComplaints([ann, bob, cem]), []);
  });
}
