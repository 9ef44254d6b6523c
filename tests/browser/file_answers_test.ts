// What people see and do about files: refusing, full disks, bad names, pictures, files for
// everybody.

import { assert, assertEquals, assertMatch, assertNotMatch } from "../assert.ts";
import {
  allComplaints,
  fileCards,
  givePlace,
  joinByLink,
  keptFiles,
  launchChromium,
  makeFile,
  offerFiles,
  type Peer,
  startServer,
  waitFor,
  waitForCard,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";

const text = { camera: false, microphone: false };

/** Some people in one room of one Chromium, who came to write. */
async function room(stack: AsyncDisposableStack, names: readonly string[]): Promise<Peer[]> {
  const server = stack.use(await startServer());
  const chromium = stack.use(await launchChromium());
  const peers: Peer[] = [];
  for (const name of names) {
    peers.push(stack.use(await joinByLink(chromium, { server, room: "files", name, ...text })));
  }
  await waitForTiles(peers, names.length - 1);
  for (const peer of peers) await givePlace(peer, { kind: "kept" });
  return peers;
}

/** Chooses a file made in the page, under any name there is. */
async function offerMade(
  peer: Peer,
  { name, bytes, way = "input" }: {
    name: string;
    bytes: number[];
    way?: "input" | "paste" | "drop";
  },
): Promise<void> {
  await waitFor(() => peer.page.$('input[type="file"]'), { what: "the file input" });
  await peer.page.evaluate(({ name, bytes, way }) => {
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array(bytes)], name));
    if (way === "input") {
      const input = document.querySelector<HTMLInputElement>('input[type="file"]');
      if (input === null) throw new Error("there is no file input");
      input.files = files.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    } else if (way === "paste") {
      document.body.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: files, bubbles: true, cancelable: true }),
      );
    } else {
      document.body.dispatchEvent(
        new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }),
      );
    }
  }, { name, bytes, way });
  await peer.press(/^Offer /);
}

/** One pixel. */
const png = [...atob(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
)].map((character) => character.charCodeAt(0));

Deno.test("a declined file is not sent, and its sender is notified", async () => {
  await using stack = new AsyncDisposableStack();
  const [ann, bob] = await room(stack, ["Ann", "Bob"]);
  assert(ann && bob);
  await offerMade(ann, { name: "a.txt", bytes: [1, 2, 3] });
  await bob.press("Decline: a.txt");
  await waitForCard(ann, { says: /Declined/ });
  await waitForCard(bob, { says: /Declined/ });
  assertEquals(await keptFiles(bob), {});
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("stopping works from either side, and nothing half is left", async () => {
  await using stack = new AsyncDisposableStack();
  const [ann, bob] = await room(stack, ["Ann", "Bob"]);
  assert(ann && bob);
  await bob.page.evaluate(() => {
    const { prototype } = FileSystemWritableFileStream;
    const { write } = prototype;
    prototype.write = async function (block) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await write.call(this, block);
    };
  });
  for (const [who, other] of [[ann, bob], [bob, ann]] as const) {
    const name = who === ann ? "one.bin" : "two.bin";
    await using file = await makeFile(name, 20_000_000);
    await offerFiles(ann, [file.path]);
    await bob.press(`Accept: ${name}`);
    await waitForCard(ann, { says: /of 20 MB/ });
    await waitFor(async () => Object.values(await keptFiles(bob)).flat().length > 0, {
      what: "the first block on the disk",
    });
    await who.press(`Stop: ${name}`);
    await waitForCard(who, { says: /You stopped it/ });
    await waitForCard(other, { says: /(Ann|Bob) stopped it/ });
    await waitForValue(() => keptFiles(bob), {}, { what: "the half file to be removed" });
  }
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("a full disk is explained on both sides, and no partial file is left", async () => {
  await using stack = new AsyncDisposableStack();
  const [ann, bob] = await room(stack, ["Ann", "Bob"]);
  assert(ann && bob);
  await using file = await makeFile("big.bin", 5_000_000);
  await bob.page.evaluate(() => {
    const { prototype } = FileSystemWritableFileStream;
    const { write } = prototype;
    let writes = 0;
    prototype.write = function (block) {
      return ++writes < 4 ? write.call(this, block) : Promise.reject(
        new DOMException("no room", "QuotaExceededError"),
      );
    };
  });
  await offerFiles(ann, [file.path]);
  await bob.press("Accept: big.bin");
  await waitForCard(bob, { says: /not enough space on this disk\. Nothing was saved/ });
  await waitForCard(ann, { says: /Bob does not have enough disk space/ });
  await waitForValue(() => keptFiles(bob), {}, { what: "the half file to be removed" });

  await bob.page.evaluate(() => {
    StorageManager.prototype.estimate = () => Promise.resolve({ quota: 10, usage: 8 });
  });
  await offerMade(ann, { name: "three.txt", bytes: [1, 2, 3] });
  await bob.press("Accept: three.txt");
  await waitForCard(bob, { says: /three.txt .*not enough space on this disk/ });
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("without any disk small files come through memory, and others are refused in words", async () => {
  await using stack = new AsyncDisposableStack();
  const [ann, bob] = await room(stack, ["Ann", "Bob"]);
  assert(ann && bob);
  await givePlace(bob, { kind: "memory" });
  await offerMade(ann, { name: "small.txt", bytes: [1, 2, 3] });
  await bob.press("Accept: small.txt");
  await waitForCard(bob, { says: /In your downloads, complete/ });
  await using file = await makeFile("large.bin", 64 * 1024 * 1024 + 1);
  await offerFiles(ann, [file.path]);
  await bob.press("Accept: large.bin");
  await waitForCard(bob, { says: /large.bin .*up to 67 MB/ });
  await waitForCard(ann, { says: /large.bin .*cannot receive a file this large/ });
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("bad names are shown and saved as harmless ones", async () => {
  await using stack = new AsyncDisposableStack();
  const [ann, bob] = await room(stack, ["Ann", "Bob"]);
  assert(ann && bob);
  const names: [string, string][] = [
    ["<img src=x onerror=alert(1)>.txt", "_img src=x onerror=alert(1)_.txt"],
    ["photo\u202egpj.exe", "photogpj.exe"],
    ["..\\..\\CON", "_CON"],
  ];
  for (const [raw, safe] of names) {
    await offerMade(ann, { name: raw, bytes: [1] });
    await waitFor(async () => (await fileCards(bob)).at(-1)?.startsWith(safe), { what: safe });
    await bob.press(`Accept: ${safe}`);
    await waitForCard(ann, { says: /Complete/ });
  }
  assertEquals(await bob.page.$$eval("img", (found) => found.length), 0);
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("a picture shows after it is accepted, by its bytes and not by its name", async () => {
  await using stack = new AsyncDisposableStack();
  const [ann, bob] = await room(stack, ["Ann", "Bob"]);
  assert(ann && bob);
  const pictures = () =>
    bob.page.$$eval(
      ".file-picture",
      (found) =>
        found.filter((each) => each instanceof HTMLImageElement && each.naturalWidth > 0)
          .map((each) => each.getAttribute("src")?.slice(0, 5)),
    );
  await offerMade(ann, { name: "dot.png", bytes: png, way: "paste" });
  await waitFor(() => ann.page.$(".file-picture"), { what: "the local picture" });
  await waitForCard(bob, { says: /Accept/ });
  assertEquals(await pictures(), [], "nothing of it is there before somebody accepts");
  await bob.press("Accept: dot.png");
  await waitForValue(pictures, ["blob:"], { what: "the picture" });
  assertNotMatch((await fileCards(bob)).at(-1) ?? "", /downloads/);

  const svg = [...new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>')];
  await offerMade(ann, { name: "drawing.png", bytes: svg, way: "drop" });
  await bob.press("Accept: drawing.png");
  await waitForCard(bob, { says: /drawing.png .*In your downloads/ });
  assertEquals(await pictures(), ["blob:"]);
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("a picture of too many pixels is shown on neither side, and its card says why", async () => {
  await using stack = new AsyncDisposableStack();
  const [ann, bob] = await room(stack, ["Ann", "Bob"]);
  assert(ann && bob);
  // The same picture, whose head speaks of 30,000 × 30,000 pixels.
  const huge = png.map((byte, at) => [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30][at - 16] ?? byte);
  await offerMade(ann, { name: "wall.png", bytes: huge });
  await waitForCard(ann, { says: /Too large to show here: 30,000 × 30,000 pixels/ });
  await bob.press("Accept: wall.png");
  await waitForCard(bob, { says: /30,000 × 30,000 pixels.*In your downloads, complete/ });
  for (const { page } of [ann, bob]) {
    assertEquals(await page.$$eval("img", (found) => found.length), 0);
  }
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("a file for everyone is offered to each person, who answers separately", async () => {
  await using stack = new AsyncDisposableStack();
  const [ann, bob, cem] = await room(stack, ["Ann", "Bob", "Cem"]);
  assert(ann && bob && cem);
  await offerMade(ann, { name: "all.txt", bytes: [1, 2, 3] });
  await bob.press("Accept: all.txt");
  await cem.press("Decline: all.txt");
  assertMatch(await waitForCard(ann, { says: /Complete.*Declined/ }), /To 2 people/);

  await ann.page.evaluate(() => document.querySelector<HTMLElement>(".attach")?.focus());
  await using file = await makeFile("one.txt", 1);
  await offerTo(ann, { name: "Cem", path: file.path });
  await waitForCard(cem, { says: /one.txt .*Accept/ });
  await waitForCard(ann, { says: /one.txt To Cem/ });
  assertEquals((await fileCards(bob)).length, 1, "nobody else is asked");
  // The question goes with the person who leaves.
  await cem.close();
  await waitForCard(ann, { says: /Cem has left/ });
  assertEquals(await allComplaints([ann, bob]), []);
});

async function offerTo(
  peer: Peer,
  { name, path }: { name: string; path: string },
): Promise<void> {
  const input = await waitFor(() => peer.page.$('input[type="file"]'), { what: "the input" });
  await input.uploadFile(path);
  const select = await waitFor(() => peer.page.$(".file-to select"), {
    what: "the question to whom",
  });
  const values = await select.$$eval(
    "option",
    (options) => options.map((option) => [option.textContent, option.value] as const),
  );
  await select.select(values.find(([label]) => label === name)?.[1] ?? "");
  await peer.press("Offer file");
}

function asksBeforeClosing({ page }: Peer): Promise<boolean> {
  return page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
}

Deno.test("a page asks before it closes only while a file moves", async () => {
  await using stack = new AsyncDisposableStack();
  const [ann, bob] = await room(stack, ["Ann", "Bob"]);
  assert(ann && bob);
  const asks = () => asksBeforeClosing(bob);
  assertEquals(await asks(), false);
  await bob.page.evaluate(() => {
    const { prototype } = FileSystemWritableFileStream;
    const { write } = prototype;
    const gate = new Promise<void>((resolve) => Reflect.set(globalThis, "openGate", resolve));
    prototype.write = async function (block) {
      await gate;
      await write.call(this, block);
    };
  });
  await offerMade(ann, { name: "a.txt", bytes: [1, 2, 3] });
  await waitForCard(bob, { says: /Accept/ });
  assertEquals(await asks(), false, "an offer is no transfer");
  await bob.press("Accept: a.txt");
  await waitForValue(asks, true, { what: "the page to ask" });
  await bob.page.evaluate(() => Reflect.get(globalThis, "openGate")());
  await waitForCard(bob, { says: /complete/i });
  await waitForValue(asks, false, { what: "the page to ask no more" });
});

Deno.test("what a page that is gone has kept, the next one removes", async () => {
  await using stack = new AsyncDisposableStack();
  const [ann, bob] = await room(stack, ["Ann", "Bob"]);
  assert(ann && bob);
  await offerMade(ann, { name: "a.txt", bytes: [1, 2, 3] });
  await bob.press("Accept: a.txt");
  await waitForCard(bob, { says: /complete/i });
  assertEquals(Object.keys(await keptFiles(bob)).length, 1);
  // Or the reload would wait for somebody to answer the question.
  await waitForValue(() => asksBeforeClosing(bob), false, { what: "the page to ask no more" });
  await bob.page.reload({ waitUntil: "load" });
  await waitForValue(() => keptFiles(bob), {}, { what: "the kept file to be removed" });
  assertEquals(await allComplaints([ann, bob]), []);
});
