// For whom words and files are: the one the chat is aimed at, and nobody else, whatever happens
// meanwhile.

import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  fileCards,
  givePlace,
  launchChromium,
  type Peer,
  startServer,
  waitFor,
  waitForCard,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { pick, visit, waitForChat, written } from "./chat_page.ts";
import { bringFile, carry, chosenFiles, type WayIn } from "./made_files.ts";

/** Some people in one room of one Chromium, who came to write. */
async function room(stack: AsyncDisposableStack, names: readonly string[]): Promise<Peer[]> {
  const server = stack.use(await startServer());
  const chromium = stack.use(await launchChromium());
  const peers: Peer[] = [];
  for (const name of names) {
    peers.push(stack.use(await visit(chromium, { server, room: "aims", name })));
  }
  await waitForTiles(peers, names.length - 1);
  for (const peer of peers) await givePlace(peer, { kind: "kept" });
  return peers;
}

/** To whom the tray says its files go, and whether they can go. */
function tray({ page }: Peer): Promise<{ to: string; open: boolean } | undefined> {
  return page.evaluate(() => {
    const select = document.querySelector<HTMLSelectElement>(".file-to select");
    const key = document.querySelector<HTMLButtonElement>(".file-tray [type=submit]");
    if (select === null || key === null) return undefined;
    return { to: select.selectedOptions[0]?.textContent ?? "", open: !key.disabled };
  });
}

async function waitForTray(peer: Peer, wanted: { to: string; open: boolean }): Promise<void> {
  await waitForValue(() => tray(peer), wanted, { what: `a tray for ${wanted.to}` });
}

/** Puts Ann's chat where only Bob reads it. */
async function whisperToBob(ann: Peer, bob: Peer): Promise<void> {
  await bob.say("hello from Bob");
  await pick(ann, "hello from Bob", "Write to Bob only");
}

for (const way of ["button", "paste", "stage", "chat"] satisfies WayIn[]) {
  Deno.test(`a file that comes in by ${way} while one writes to Bob is for Bob`, async () => {
    await using stack = new AsyncDisposableStack();
    const [ann, bob, cem] = await room(stack, ["Ann", "Bob", "Cem"]);
    assert(ann && bob && cem);
    await whisperToBob(ann, bob);
    await bringFile(ann, way, "secret.txt");
    await waitForTray(ann, { to: "Bob", open: true });
    await ann.press("Offer file");
    await waitForCard(bob, { says: /secret\.txt .*Accept/ });
    await waitForCard(ann, { says: /secret\.txt To Bob/ });
    // What Ann says next to all comes after an offer to Cem would have.
    await ann.press("Write to everyone again");
    await ann.say("for all");
    await waitForChat(cem, "for all");
    assertEquals(await fileCards(cem), [], "Cem is not asked");
    assertEquals(await allComplaints([ann, bob, cem]), []);
  });
}

Deno.test("if the addressee leaves, text and files stay unsent until another is chosen", async () => {
  await using stack = new AsyncDisposableStack();
  const [ann, bob, cem] = await room(stack, ["Ann", "Bob", "Cem"]);
  assert(ann && bob && cem);
  await whisperToBob(ann, bob);
  await bringFile(ann, "button", "secret.txt");
  await waitForTray(ann, { to: "Bob", open: true });
  await ann.page.type("#chat-box", "the cake is secret");
  await bob.press("Leave");
  await waitForTray(ann, { to: "Bob", open: false });
  const notes = await ann.page.$$eval(
    ".file-tray [role=alert], .chat-aim",
    (all) => all.map(({ textContent }) => textContent),
  );
  assertEquals(notes, [
    "Bob is not in the room. Choose another recipient.",
    "Bob is not in the room. Nobody would receive this.",
  ]);
  await ann.page.focus("#chat-box");
  await ann.page.keyboard.press("Enter");
  await ann.page.$eval(
    ".file-tray",
    (form) => form instanceof HTMLFormElement && form.requestSubmit(),
  );
  assertEquals([await written(ann), await chosenFiles(ann)], [
    "the cake is secret",
    ["secret.txt"],
  ]);

  // Another Bob is somebody else.
  await bob.press("Rejoin");
  await waitForTiles([ann], 2);
  await waitForTray(ann, { to: "Bob", open: false });
  await cem.say("hello from Cem");
  await pick(ann, "hello from Cem", "Write to Cem only");
  await waitForTray(ann, { to: "Cem", open: true });
  await ann.press("Offer file");
  await waitForCard(cem, { says: /secret\.txt .*Accept/ });
  assertEquals(await fileCards(bob), []);
  assertEquals(await allComplaints([ann, bob, cem]), []);
});

Deno.test("chosen files keep their addressee when the sender leaves and returns", async () => {
  await using stack = new AsyncDisposableStack();
  const [ann, bob, cem] = await room(stack, ["Ann", "Bob", "Cem"]);
  assert(ann && bob && cem);
  await whisperToBob(ann, bob);
  await bringFile(ann, "button", "secret.txt");
  await waitForTray(ann, { to: "Bob", open: true });
  await ann.page.type("#chat-box", "half a thought");
  await ann.press("Leave");
  await ann.press("Rejoin");
  await waitFor(() => ann.page.$("#key-chat"), { what: "the room" });
  await waitForTiles([ann], 2);
  await waitForTray(ann, { to: "Bob", open: true });
  assertEquals(await written(ann), "half a thought");
  assertEquals(await allComplaints([ann, bob, cem]), []);
});

Deno.test("the tray's own choice aims the chat too, and a private line keeps its reader while it is changed", async () => {
  await using stack = new AsyncDisposableStack();
  const [ann, bob, cem] = await room(stack, ["Ann", "Bob", "Cem"]);
  assert(ann && bob && cem);
  await bringFile(ann, "stage", "plan.txt");
  await waitForTray(ann, { to: "Everyone here (2 people)", open: true });
  await ann.page.evaluate(() => {
    const select = document.querySelector<HTMLSelectElement>(".file-to select");
    const bob = [...select?.options ?? []].find(({ text }) => text === "Bob");
    if (select && bob) select.value = bob.value;
    select?.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await waitForTray(ann, { to: "Bob", open: true });
  await ann.say("for Bob alone");
  await waitForChat(bob, "for Bob alone");
  await pick(ann, "for Bob alone", "Edit");
  await ann.page.keyboard.press("Escape");
  await ann.press("Write to everyone again");
  await waitForTray(ann, { to: "Everyone here (2 people)", open: true });
  await pick(ann, "for Bob alone", "Edit");
  await waitForTray(ann, { to: "Bob", open: true });
  await ann.press("Offer file");
  await waitForCard(bob, { says: /plan\.txt .*Accept/ });
  assertEquals(await fileCards(cem), []);
  assertEquals(await allComplaints([ann, bob, cem]), []);
});

Deno.test("pasting a picture and writing on offers nothing", async () => {
  await using stack = new AsyncDisposableStack();
  const [ann, bob] = await room(stack, ["Ann", "Bob"]);
  assert(ann && bob);
  await ann.page.focus("#chat-box");
  await ann.page.keyboard.type("look");
  await carry(ann, "paste", { files: [{ name: "image.png", type: "image/png" }], at: "#chat-box" });
  await waitForTray(ann, { to: "Everyone here (1 person)", open: true });
  await ann.page.keyboard.type(" at this");
  assertEquals([await written(ann), await chosenFiles(ann)], ["look at this", ["image.png"]]);
  assertEquals(await allComplaints([ann, bob]), []);
});
