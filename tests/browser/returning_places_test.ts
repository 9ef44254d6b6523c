// Coming back silent and dark where something else happened before: an owner's word, a held key,
// another tab or room, a storage that fails, another browser.

import { assert, assertEquals } from "../assert.ts";
import {
  duplicateTab,
  joinByLink,
  launchChromium,
  launchFirefox,
  openPeer,
  type Peer,
  shows,
  startRestartable,
  startServer,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { Client } from "../sockets/client.ts";
import {
  becomes,
  callOfTwo,
  dark,
  expectGiven,
  type Given,
  live,
  marks,
  muted,
  words,
  writes,
} from "./given.ts";
import { isLong } from "../seeds.ts";

function waitForWords(peer: Peer, text: string): Promise<unknown> {
  return waitFor(() => shows(peer, text), { what: `"${text}"` });
}

/** Both ways back that a page has by itself. */
async function expectBack(ann: Peer, bob: Peer, given: Given): Promise<void> {
  await ann.press("Leave");
  await ann.press("Rejoin");
  await expectGiven(bob, { person: ann, name: "Ann", given });
  await waitForWords(ann, words.get(given) ?? "");
  await ann.page.reload();
  await expectGiven(bob, { person: ann, name: "Ann", given });
  await waitForWords(ann, words.get(given) ?? "");
}

Deno.test("a person whom an owner muted comes back muted", async () => {
  await using stack = new AsyncDisposableStack();
  const { ann, bob } = await callOfTwo(stack);
  // Bob was here first, so the room is his.
  await bob.press("People");
  await bob.press("Mute everyone else");
  await waitForValue(() => marks(bob, "Ann"), muted, { what: "silence" });
  await expectBack(ann, bob, muted);
});

Deno.test("a link without microphone or camera brings nobody in louder than they were", async () => {
  await using stack = new AsyncDisposableStack();
  const { ann, bob } = await callOfTwo(stack, { link: { microphone: false, camera: false } });
  await expectBack(ann, bob, writes);
  await becomes(ann, live);
  await waitForValue(() => marks(bob, "Ann"), live, { what: "Ann to be heard and seen" });
  await becomes(ann, muted);
  await expectBack(ann, bob, muted);
  await ann.page.goto(ann.page.url());
  await expectGiven(bob, { person: ann, name: "Ann", given: writes });
});

Deno.test("a key that is held to talk at the end says nothing about the next time", async () => {
  await using stack = new AsyncDisposableStack();
  const { ann, bob } = await callOfTwo(stack);
  const { keyboard } = ann.page;
  await becomes(ann, muted);
  for (const way of ["leave", "reload"]) {
    await waitFor(() => ann.page.$("#key-chat"), { what: "the code that listens to keys" });
    await keyboard.down("Space");
    await waitForValue(() => marks(bob, "Ann"), live, { what: "Ann to be heard" });
    if (way === "reload") await ann.page.reload();
    else {
      await ann.page.$eval(
        '[aria-label="Leave"]',
        (key) => key instanceof HTMLElement && key.click(),
      );
      await keyboard.up("Space");
      await ann.press("Rejoin");
    }
    await expectGiven(bob, { person: ann, name: "Ann", given: muted });
  }
});

Deno.test("a tab that takes the call back stays as muted as it was", async () => {
  await using stack = new AsyncDisposableStack();
  const { server, ann, bob } = await callOfTwo(stack);
  await becomes(ann, muted);
  const kept = await ann.page.evaluate(() => sessionStorage.getItem("parley.visit") ?? "null");
  const thief = new Client(`${server.url.replace("http", "ws")}/ws`);
  await thief.opened;
  thief.say({ type: "join", room: "tea", name: "Ann", resume: JSON.parse(kept).token });
  await ann.press("Use this tab instead");
  await waitFor(() => ann.page.$("[data-self]"), { what: "the call" });
  await thief.leave();
  await waitForTiles([ann, bob], 1);
  await expectGiven(bob, { person: ann, name: "Ann", given: muted });
  await waitForWords(ann, "You are muted, as before");
});

Deno.test("of two tabs each keeps its own", async () => {
  await using stack = new AsyncDisposableStack();
  const { ann, bob } = await callOfTwo(stack);
  await becomes(ann, muted);
  const copy = stack.use(await duplicateTab(ann));
  await waitForTiles([bob], 2);
  await waitForWords(copy, "You are muted, as before");
  await becomes(copy, dark);
  await Promise.all([ann.page.reload(), copy.page.reload()]);
  const isMuted = ({ page }: Peer) => page.$('.bar [aria-label="Unmute"]').then(Boolean);
  await waitForWords(ann, "You are muted, as before");
  await waitForWords(copy, "Your camera is off, as before");
  assertEquals([await isMuted(ann), await isMuted(copy)], [true, false]);
});

/** A damaged profile: every call of the tab's storage throws. */
function breakStorage(): void {
  Object.defineProperty(globalThis, "sessionStorage", {
    get: () => {
      throw new DOMException("damaged", "SecurityError");
    },
  });
}

/** A page that the browser does not keep when one goes away. */
function refuseCache(): void {
  addEventListener("unload", () => {});
}

for (
  const [what, prepare] of [
    ["a tab's storage fails", breakStorage],
    ["the browser keeps no page", refuseCache],
  ] as const
) {
  Deno.test(`where ${what} a person comes back as before`, async () => {
    await using stack = new AsyncDisposableStack();
    const { server, ann, bob } = await callOfTwo(stack, { prepare });
    for (const given of isLong ? [writes, muted] : [muted]) {
      await becomes(ann, given);
      await expectBack(ann, bob, given);
      await ann.page.goto(server.room("tea"));
      await ann.page.goBack();
      if (prepare === refuseCache) await expectGiven(bob, { person: ann, name: "Ann", given });
      else await ann.press("Rejoin");
      await expectGiven(bob, { person: ann, name: "Ann", given });
    }
  });
}

Deno.test("Firefox returns in the same state too", async () => {
  await using stack = new AsyncDisposableStack();
  const { server, ann, bob } = await callOfTwo(stack, { browser: launchFirefox });
  for (const given of isLong ? [muted, dark] : [muted]) {
    await becomes(ann, given);
    await expectBack(ann, bob, given);
    await ann.page.goto(`${server.url}/`);
    await ann.page.goBack();
    await expectGiven(bob, { person: ann, name: "Ann", given });
  }
});

Deno.test("a server that starts again changes nothing", async () => {
  await using server = await startRestartable();
  await using chromium = await launchChromium();
  const join = (name: string) =>
    joinByLink(chromium, { server: server.current, room: "tea", name });
  await using bob = await join("Bob");
  await using ann = await join("Ann");
  await waitForTiles([ann, bob], 1);
  await becomes(ann, writes);
  // What says it comes a moment after the first pictures, and only while the server is there.
  await waitFor(() => ann.page.$("textarea"), { what: "the panels" });
  await server.kill();
  await waitForWords(ann, "Reconnecting");
  await server.startAgain();
  await waitFor(async () => !await shows(ann, "Reconnecting"), { what: "the server" });
  assertEquals(await marks(bob, "Ann"), writes);
  await ann.page.reload();
  await expectGiven(bob, { person: ann, name: "Ann", given: writes });
});

/** Whether the switches under the preview are on. */
function switches({ page }: Peer): Promise<(string | null)[]> {
  return page.$$eval(
    ".preview-keys button",
    (keys) => keys.map((key) => key.getAttribute("aria-pressed")),
  );
}

Deno.test("the page before joining begins as the person was, says so, and keeps what is chosen there", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using bob = await joinByLink(chromium, { server, room: "tea", name: "Bob", ...writes });
  await using ann = await openPeer(chromium, server.room("tea"));
  await (await waitFor(() => ann.page.$('input[name="name"]'), { what: "the name" })).type("Ann");
  await ann.press("Join with camera and microphone");
  await waitForTiles([ann, bob], 1);
  await becomes(ann, muted);
  await ann.page.reload();
  await waitForValue(() => switches(ann), ["false", "true"], { what: "the microphone to be off" });
  await waitForWords(ann, "Your microphone is off, as before.");
  await ann.press("Use camera");
  await waitForValue(() => switches(ann), ["false", "false"], { what: "both to be off" });
  assertEquals(await shows(ann, "as before"), false);
  await ann.page.reload();
  await waitForWords(ann, "Your microphone and camera are off, as before.");
  await ann.page.goto(`${server.url}/`);
  await ann.page.goBack();
  await waitForValue(() => switches(ann), ["false", "false"], { what: "both to be off still" });
  await ann.press("Use camera");
  await ann.press("Join with camera");
  await waitForTiles([ann, bob], 1);
  await expectGiven(bob, { person: ann, name: "Ann", given: muted });
});

Deno.test("a preview that the browser kept shows what its switches say", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await openPeer(chromium, server.room("tea"));
  const isSeen = () =>
    ann.page.$eval(
      ".preview video",
      (video) =>
        video instanceof HTMLVideoElement && video.videoWidth > 0 &&
        video.srcObject instanceof MediaStream &&
        video.srcObject.getTracks().every(({ readyState }) => readyState === "live"),
    );
  await waitFor(isSeen, { what: "the local picture" });
  await ann.page.goto(`${server.url}/`);
  await ann.page.goBack();
  await waitFor(isSeen, { what: "the local picture again" });
  assertEquals(await switches(ann), ["true", "true"]);
});

Deno.test("in another page a person is taken to the next room as silent and dark as in the last", async () => {
  let server = "";
  const around = () =>
    `<!doctype html><style>parley-room{display:block;width:900px;height:600px}</style>
<script src="${server}/parley-room.js"></script>
<parley-room server="${server}" room="tea" name="Ann" join="1"></parley-room>`;
  await using site = Deno.serve(
    { port: 0, onListen: () => {} },
    () => new Response(around(), { headers: { "content-type": "text/html" } }),
  );
  const origin = `http://localhost:${site.addr.port}`;
  await using running = await startServer({ args: ["--embed-origins", origin] });
  server = running.url;
  await using chromium = await launchChromium();
  await using bob = await joinByLink(chromium, {
    server: running,
    room: "tea",
    name: "Bob",
    ...writes,
  });
  await using cem = await joinByLink(chromium, {
    server: running,
    room: "attic",
    name: "Cem",
    ...writes,
  });
  await using ann = await openPeer(chromium, origin);
  await waitForValue(() => marks(bob, "Ann"), live, { what: "Ann" });
  const element = (method: string) =>
    ann.page.evaluate((method) => {
      const room = document.querySelector("parley-room");
      Reflect.get(room ?? {}, method).call(room);
    }, method);
  await element("mute");
  await waitForValue(() => marks(bob, "Ann"), muted, { what: "silence" });
  await element("stopCamera");
  await waitForValue(() => marks(bob, "Ann"), writes, { what: "darkness" });
  const change = (name: string, value: string) =>
    ann.page.$eval(
      "parley-room",
      (room, name, value) => room.setAttribute(name, value),
      name,
      value,
    );
  await change("name", "Anna");
  await waitForValue(() => marks(bob, "Anna"), writes, { what: "Anna to be silent and dark" });
  await change("room", "attic");
  await waitForValue(() => marks(cem, "Anna"), writes, { what: "Anna so in the other room" });
  const frame = await waitFor(
    () => ann.page.frames().find((frame) => frame.url().includes("/r/attic")),
    { what: "the frame" },
  );
  await waitFor(
    () => frame.evaluate(() => document.body.innerText.includes("as before")),
    { what: "words about it" },
  );
  assert(!frame.isDetached());
});
