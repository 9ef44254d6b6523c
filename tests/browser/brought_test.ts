// What a paste or a drop brings: text where text is written, files elsewhere, and a word about what
// is neither.

import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  givePlace,
  launchChromium,
  type LaunchedBrowser,
  launchFirefox,
  makeFile,
  offerFiles,
  type Peer,
  type RunningServer,
  startServer,
  waitFor,
  waitForCard,
  waitForTiles,
  waitForValue,
  wholeRead,
} from "../rig/mod.ts";
import { visit, written } from "./chat_page.ts";
import { bringFile, type Carried, carry, chosenFiles } from "./made_files.ts";

const picture = [{ name: "image.png", type: "image/png" }];
const cells = { "text/plain": "a\tb\n1\t2", "text/html": "<table><tr><td>a<td>b</table>" };

/**
 * What is carried where, and whether it is a file for the page; else the browser or the field has
 * it.
 */
const table: [what: string, carried: Carried, files: string[]][] = [
  ["cells of a spreadsheet", { texts: cells, files: picture, at: "#chat-box" }, []],
  ["a picture", { files: picture, at: "#chat-box" }, ["image.png"]],
  [
    "a picture of a web page",
    {
      texts: { "text/html": '<img src="https://a.example/x.png">' },
      files: picture,
      at: "#chat-box",
    },
    ["image.png"],
  ],
  ["a picture with blanks", { texts: { "text/plain": " \n" }, files: picture, at: "#chat-box" }, [
    "image.png",
  ]],
  [
    "a file with its name",
    { texts: { "text/plain": "plan b.pdf" }, files: [{ name: "plan b.pdf" }], at: "#chat-box" },
    ["plan b.pdf"],
  ],
  [
    "a file with its address",
    {
      texts: { "text/plain": "file:///home/ann/plan%20b.pdf\r\n" },
      files: [{ name: "plan b.pdf" }],
      at: "#chat-box",
    },
    ["plan b.pdf"],
  ],
  [
    "a file with its address, escaped as file managers do",
    {
      texts: { "text/plain": "file:///home/ann/a&b%231%20%281%29.pdf" },
      files: [{ name: "a&b#1 (1).pdf" }],
      at: "#chat-box",
    },
    ["a&b#1 (1).pdf"],
  ],
  [
    "a file whose name is written with another form of the accent",
    {
      texts: { "text/plain": "pl\u00e1n 100%.pdf" },
      files: [{ name: "pla\u0301n 100%.pdf" }],
      at: "#chat-box",
    },
    ["pla\u0301n 100%.pdf"],
  ],
  ["text alone", { texts: { "text/plain": "x" }, files: [], at: "#chat-box" }, []],
  ["cells in a password", { texts: cells, files: picture, at: "#secret" }, []],
  ["a picture in a password", { files: picture, at: "#secret" }, []],
  ["a picture in a password that is shown", { files: picture, at: "#shown" }, []],
  ["a picture on the stage", { files: picture, at: "#stage" }, ["image.png"]],
];

/** Ann in a room, with two more fields. */
async function withFields(
  browser: LaunchedBrowser,
  server: RunningServer,
): Promise<Peer> {
  const ann = await visit(browser, { server, room: "brought", name: "Ann" });
  await waitFor(() => ann.page.$("#chat-box"), { what: "the message box" });
  await ann.page.evaluate(() => {
    for (const [id, type] of [["secret", "password"], ["shown", "text"]] as const) {
      document.querySelector(".room")?.append(
        Object.assign(document.createElement("input"), { id, type }),
      );
    }
  });
  return ann;
}

for (const [name, launch] of [["Chromium", launchChromium], ["Firefox", launchFirefox]] as const) {
  Deno.test(`text wins where text is written, and a picture stays a file, in ${name}`, async () => {
    await using server = await startServer();
    await using browser = await launch();
    await using ann = await withFields(browser, server);
    // A paste that is made in Firefox carries no files.
    const ways = name === "Chromium" ? ["paste", "drop"] as const : ["drop"] as const;
    for (const how of ways) {
      for (const [what, carried, files] of table) {
        const isTaken = await carry(ann, how, carried);
        if (files.length > 0) {
          assert(isTaken, `${how} of ${what}`);
          await waitForValue(() => chosenFiles(ann), files, { what: `${how} of ${what}` });
          await ann.press(`Remove ${files[0]}`);
        } else if (carried.texts !== undefined) {
          assert(!isTaken, `${how} of ${what} is the field's`);
        }
        await waitForValue(() => chosenFiles(ann), [], { what: `nothing after ${how} of ${what}` });
      }
    }
    assertEquals(await allComplaints([ann]), []);
  });
}

Deno.test("a real paste of cells puts their text into the message box", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await visit(chromium, { server, room: "brought", name: "Ann" });
  await waitFor(() => ann.page.$("#chat-box"), { what: "the message box" });
  await ann.page.browserContext().setPermission(new URL(server.url).origin, {
    permission: { name: "clipboard-write", allowWithoutSanitization: false },
    state: "granted",
  });
  const copied = await ann.page.evaluate(async (cells) => {
    const canvas = new OffscreenCanvas(9, 9);
    canvas.getContext("2d")?.fillRect(0, 0, 9, 9);
    const picture = await canvas.convertToBlob();
    await navigator.clipboard.write([new ClipboardItem({ ...cells, "image/png": picture })]);
    return picture.size;
  }, cells);
  assert(copied > 0);
  await ann.page.focus("#chat-box");
  await ann.page.keyboard.press("v", { commands: ["Paste"] });
  await waitForValue(() => written(ann), cells["text/plain"], { what: "the cells' text" });
  assertEquals(await chosenFiles(ann), []);
  assertEquals(await allComplaints([ann]), []);
});

/** Lets go of files of the disk over the stage, as a person does. */
async function dropPaths({ page }: Peer, files: string[]): Promise<void> {
  await waitFor(() => page.$("#key-chat"), { what: "the code that takes what is dropped" });
  const session = await page.createCDPSession();
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await session.send("Input.dispatchDragEvent", { type, x: 200, y: 200, data });
  }
  await session.detach();
}

/** What the page says of things that cannot be sent. */
function unusable({ page }: Peer): Promise<(string | null)[]> {
  return page.$$eval(".unusable p", (lines) => lines.map(({ textContent }) => textContent));
}

const isFolder = (name: string) =>
  `${name} is a folder, and only files can be sent. Compress it into a ZIP file first.`;
const isUnreadable = (name: string) =>
  `${name} cannot be read. It may be a folder, or it was moved or deleted.`;

Deno.test("a folder that is dropped is named, and the files beside it go on", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await visit(chromium, { server, room: "brought", name: "Ann" });
  await using bob = await visit(chromium, { server, room: "brought", name: "Bob" });
  await waitForTiles([ann, bob], 1);
  await using file = await makeFile("plan.txt", 3);
  const folder = `${file.path.slice(0, -"plan.txt".length)}dropme`;
  await Deno.mkdir(folder);
  await dropPaths(ann, [folder, file.path]);
  await waitForValue(() => unusable(ann), [isFolder("dropme")], { what: "a word about it" });
  assertEquals(await chosenFiles(ann), ["plan.txt"]);
  await ann.page.click(".unusable button");
  await waitForValue(() => unusable(ann), [], { what: "the word to be gone" });
  await ann.press("Offer file");
  await waitForCard(bob, { says: /plan\.txt .*Accept/ });

  // Alone; through the input, which does not know folders; and something that is gone.
  await dropPaths(ann, [folder]);
  await waitForValue(() => unusable(ann), [isFolder("dropme")], { what: "a word about it alone" });
  const input = await waitFor(() => ann.page.$('input[type="file"]'), { what: "the input" });
  await input.uploadFile(folder, file.path);
  await waitForValue(() => unusable(ann), [isUnreadable("dropme")], { what: "a word by input" });
  await waitForValue(() => chosenFiles(ann), ["plan.txt"], { what: "the file beside it" });
  await ann.page.evaluate(() =>
    addEventListener("change", ({ target }) => {
      const [file] = target instanceof HTMLInputElement ? target.files ?? [] : [];
      Reflect.set(globalThis, "held", file);
    }, { capture: true, once: true })
  );
  await input.uploadFile(file.path);
  await waitForValue(() => chosenFiles(ann), ["plan.txt", "plan.txt"], { what: "it twice" });
  await Deno.remove(file.path);
  await ann.page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(Reflect.get(globalThis, "held"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
  });
  const lost = [isUnreadable("plan.txt")];
  await waitForValue(() => unusable(ann), lost, { what: "a word of the gone" });
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("a file that disappears before sending comes from a copy or is explained, and an empty one is called empty", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await visit(chromium, { server, room: "brought", name: "Ann" });
  await using bob = await visit(chromium, { server, room: "brought", name: "Bob" });
  await waitForTiles([ann, bob], 1);
  await givePlace(bob, { kind: "kept" });
  {
    await using file = await makeFile("copied.txt", 3);
    await offerFiles(ann, [file.path]);
    await waitForCard(bob, { says: /Accept/ });
    await waitForCard(ann, { says: wholeRead });
  }
  await bob.press("Accept: copied.txt");
  await waitForCard(bob, { says: /copied.txt .*complete/ });
  await ann.page.evaluate(() => {
    navigator.storage.getDirectory = () => Promise.reject(new DOMException("no disk"));
  });
  {
    await using file = await makeFile("gone.txt", 3);
    await offerFiles(ann, [file.path]);
    await waitForCard(bob, { says: /gone.txt .*Accept/ });
    await waitForCard(ann, { says: wholeRead });
  }
  await bob.press("Accept: gone.txt");
  await waitForCard(ann, { says: /has changed or can no longer be read/ });
  await waitForCard(bob, { says: /changed on Ann’s device/ });
  await using nothing = await makeFile("nothing.txt", 0);
  const input = await waitFor(() => ann.page.$('input[type="file"]'), { what: "the input" });
  await input.uploadFile(nothing.path);
  await waitFor(() => ann.page.$("::-p-text(Empty file)"), { what: "a word in the tray" });
  await ann.press("Offer file");
  await waitForCard(ann, { says: /To Bob · Empty file/ });
  await waitForCard(bob, { says: /Empty file, directly from Ann/ });
  await bringFile(ann, "button", "more.txt");
  assertEquals(await allComplaints([ann, bob]), []);
});

/** Drags a file over the stage and lets it go; says what the page showed meanwhile. */
async function dragOver({ page }: Peer): Promise<string> {
  return await page.evaluate(async () => {
    const data = new DataTransfer();
    data.items.add(new File(["abc"], "plan.txt"));
    const init = { bubbles: true, cancelable: true, dataTransfer: data };
    const stage = document.querySelector("#stage");
    stage?.dispatchEvent(new DragEvent("dragover", init));
    await new Promise((done) => setTimeout(done, 100));
    const shown = document.querySelector(".file-drop [role=status]")?.textContent ?? "";
    stage?.dispatchEvent(new DragEvent("drop", init));
    return shown;
  });
}

Deno.test("while only owners send files, a person who drops or pastes one is told so", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await visit(chromium, { server, room: "brought", name: "Ann" });
  await using bob = await visit(chromium, { server, room: "brought", name: "Bob" });
  await waitForTiles([ann, bob], 1);
  await waitFor(() => bob.page.$("#attach-key"), { what: "what takes files" });
  assertEquals(
    await dragOver(bob),
    "Drop files here to offer themNothing is sent until someone accepts.",
  );
  await waitForValue(() => chosenFiles(bob), ["plan.txt"], {
    what: "the file that may be offered",
  });
  await bob.press("Remove plan.txt");

  await ann.press("People");
  const rule = await waitFor(
    () => ann.page.$('::-p-aria([name="send files"][role="combobox"])'),
    { what: "the rule of files" },
  );
  await rule.select("owners");
  await waitFor(() => bob.page.$("#attach-key:disabled"), { what: "the rule to be known" });
  const reserved = "The owners do not let you send files";
  assertEquals(await dragOver(bob), reserved);
  await waitForValue(() => unusable(bob), [reserved], { what: "a word about the drop" });
  assert(await bob.page.$('.unusable[role="alert"]'), "screen readers are told");
  await bob.page.click(".unusable button");
  await waitForValue(() => unusable(bob), [], { what: "the word to be gone" });
  await bob.page.waitForFunction(() => document.activeElement?.id === "chat-box");
  await carry(bob, "paste", { files: picture, at: "#chat-box" });
  await waitForValue(() => unusable(bob), [reserved], { what: "a word about the paste" });
  assertEquals(await chosenFiles(bob), []);

  await rule.select("everyone");
  await waitForValue(() => unusable(bob), [], { what: "the word to end with the rule" });
  await carry(bob, "paste", { files: picture, at: "#chat-box" });
  await waitForValue(() => chosenFiles(bob), ["image.png"], { what: "the picture" });
  assertEquals(await allComplaints([ann, bob]), []);
});
