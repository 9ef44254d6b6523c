// What an owner does to one person, as both see it: permissions, a hand that asks, an owner for the
// call, a deleted line, a removal with its reason.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  openPeer,
  type Peer,
  startServer,
  waitFor,
  waitForTiles,
} from "../rig/mod.ts";
import { findings } from "./axe.ts";
import { pick, waitForChat } from "./chat_page.ts";
import { savedText, watchDownloads } from "./downloads.ts";

const desktop = { width: 1440, height: 900 };
const phone = { width: 360, height: 740 };

/** What axe finds in an open dialog, in windows of two sizes. */
async function findInDialog({ page }: Peer, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const size of [phone, desktop]) {
    await page.setViewport(size);
    await waitFor(() => page.$("dialog[open]"), { what: name });
    found.push(...await findings(page, `${name} ${size.width}`));
  }
  return found;
}

/** Waits until the page says so somewhere a person sees it. */
function waitForWords({ page }: Peer, words: string): Promise<unknown> {
  return waitFor(
    () => page.evaluate((words) => document.body.innerText.includes(words), words),
    { what: `"${words}"` },
  );
}

/** Turns a switch of the open dialog. */
async function turn({ page }: Peer, name: string): Promise<void> {
  await using element = await waitFor(
    () => page.$(`dialog ::-p-aria([name="${name}"][role="switch"])`),
    { what: `the switch ${name}` },
  );
  await element.click();
}

/** Whether the page of a peer plays a live voice of another one. */
function hearsVoice({ page }: Peer): Promise<boolean> {
  return page.evaluate(() =>
    [...document.querySelectorAll("audio")].some(({ srcObject }) =>
      srcObject instanceof MediaStream &&
      srcObject.getAudioTracks().some(({ readyState }) => readyState === "live")
    )
  );
}

Deno.test("an owner takes microphone and chat from one person, who asks with a hand, and gives them back", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const room = "den";
  await using ann = await joinByLink(chromium, {
    ...{ server, room, name: "Ann" },
    ...{ camera: false, microphone: false },
  });
  await using bob = await joinByLink(chromium, {
    ...{ server, room, name: "Bob" },
    ...{ camera: false, microphone: true },
  });
  await waitForTiles([ann, bob], 1);
  await waitFor(() => bob.page.$('[aria-label="Mute"]'), { what: "Bob's open microphone" });
  await waitFor(() => hearsVoice(ann), { what: "Bob's voice" });
  await ann.press("People");
  await ann.press("Actions for Bob");
  await ann.press("Permissions…");
  assertEquals(await findInDialog(ann, "permissions"), []);
  await turn(ann, "Use the microphone");
  await waitForWords(bob, "An owner has turned off your microphone");
  await waitFor(() => bob.page.$('[aria-label="Unmute"]'), { what: "Bob's closed microphone" });
  await waitFor(async () => !await hearsVoice(ann), { what: "silence" });
  await turn(ann, "Send messages");
  await waitForWords(bob, "An owner has limited what you may do");
  await waitFor(() => bob.page.$("textarea:disabled"), { what: "a box that takes nothing" });

  await bob.press("Raise hand");
  await waitFor(() => ann.page.$(".person-hand"), { what: "Bob's hand" });
  await turn(ann, "Send messages");
  await turn(ann, "Use the microphone");
  await waitForWords(bob, "again");
  await waitFor(() => bob.page.$("textarea:enabled"), { what: "an open box" });
  await bob.press("Unmute");
  await waitFor(() => hearsVoice(ann), { what: "Bob's voice again" });
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("an owner for the call deletes a line, and a removed person reads why", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const writer = { server, room: "den", camera: false, microphone: false };
  await using ann = await joinByLink(chromium, { ...writer, name: "Ann" });
  await using bob = await joinByLink(chromium, { ...writer, name: "Bob" });
  await using cem = await joinByLink(chromium, { ...writer, name: "Cem" });
  await waitForTiles([ann, bob, cem], 2);
  await ann.press("People");
  await ann.press("Actions for Bob");
  await ann.press("Permissions…");
  await turn(ann, "Owner for this call");
  await waitForWords(bob, "You own this room");
  // A person who joins with text only finds the chat open.
  await cem.say("buy cheap tea");
  await waitForChat(bob, "buy cheap tea");
  await pick(bob, "buy cheap tea", "Delete for everyone");
  await waitForChat(cem, "An owner deleted this message.");
  await waitForChat(bob, "An owner deleted this message.");

  await bob.press("People");
  await bob.press("Actions for Cem");
  await bob.press("Remove…");
  await using field = await waitFor(() => bob.page.$("dialog input"), { what: "the reason" });
  assertEquals(await findInDialog(bob, "the reason"), []);
  await field.type("This is another class.");
  await bob.press("Remove");
  await waitForWords(cem, "The owner wrote: “This is another class.”");
  await waitForTiles([ann, bob], 1);
  assertEquals(await allComplaints([ann, bob, cem]), []);
});

Deno.test("an owner sets hours and an end, which everybody reads, and saves who was here", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const visit = { server, room: "den", camera: false, microphone: false };
  await using ann = await joinByLink(chromium, { ...visit, name: "Ann" });
  await using bob = await joinByLink(chromium, { ...visit, name: "Bob" });
  await waitForTiles([ann, bob], 1);
  await ann.press("People");
  await ann.press("Opening hours and end…");
  await turn(ann, "People may come in only at these hours");
  assertEquals(await findInDialog(ann, "hours"), []);
  // Closed on every day: people who are here stay, and nobody else comes in.
  await ann.page.$$eval('dialog input[type="time"]', (fields) => {
    for (const field of fields as HTMLInputElement[]) {
      field.value = "";
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
  await ann.press("Save");
  await using cem = await openPeer(chromium, server.room("den", { name: "Cem", join: "1" }));
  await waitForWords(cem, "Only owners may come in now.");

  await ann.press("Opening hours and end…");
  await ann.page.select("dialog select", "15");
  await waitForWords(ann, "It is announced ten and two minutes before.");
  await ann.press("Do not end");
  await waitFor(() => ann.page.$('dialog select:has([value="15"])'), { what: "no end" });
  await ann.press("Close");
  await ann.press("Who was here…");
  await waitFor(
    () => ann.page.$$eval("dialog tbody tr", (rows) => rows.length === 2),
    { what: "both people in the list" },
  );
  assertEquals(await findInDialog(ann, "who was here"), []);
  await watchDownloads(ann);
  await ann.press("Save as CSV");
  const [name, text] = await savedText(ann);
  assertEquals(name, "den-attendance.csv");
  const cells = text.trim().split("\r\n").map((line) => line.split(","));
  assertEquals(cells.map(([name]) => name), ['"Name"', '"Ann"', '"Bob"']);
  assertEquals(cells.map(({ length }) => length), [4, 4, 4]);
  assertEquals(await allComplaints([ann, bob, cem]), []);
});
