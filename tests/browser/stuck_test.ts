// Joining when no socket is to be had: why, in words, a way back, and in by itself once it works.

import { assert, assertEquals } from "../assert.ts";
import {
  type Handshakes,
  joinByLink,
  launchChromium,
  openPeer,
  type Peer,
  startRefusingProxy,
  startServer,
  waitFor,
  waitForValue,
} from "../rig/mod.ts";

const writer = { camera: false, microphone: false };
const open = { args: ["--allow-origin", "*"] };

function heading({ page }: Peer): Promise<string> {
  return page.evaluate(() => document.querySelector("h1")?.innerText ?? "");
}

/**
 * Time in a page runs faster, so that nobody waits ten seconds; its clock stays as it is. While
 * `isHeld`, see `hold`, its timers wait.
 */
async function hurry({ page }: Peer): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const { setTimeout: later, clearTimeout: cancel } = globalThis;
    const waiting = new Map<number, number>();
    Reflect.set(globalThis, "setTimeout", (work: () => void, ms = 0) => {
      const id = later(function run() {
        if (Reflect.get(globalThis, "isHeld") === true) return waiting.set(id, later(run, 20));
        waiting.delete(id);
        work();
      }, ms / 5);
      return id;
    });
    Reflect.set(globalThis, "clearTimeout", (id = 0) => {
      cancel(waiting.get(id) ?? id);
      waiting.delete(id);
    });
  });
}

/** Stops the automatic attempts of the page, or lets them go on. */
async function hold({ page }: Peer, isHeld: boolean): Promise<void> {
  await page.evaluate((isHeld) => Reflect.set(globalThis, "isHeld", isHeld), isHeld);
}

async function enter(chromium: Parameters<typeof openPeer>[0], url: string): Promise<Peer> {
  const peer = await openPeer(chromium, `${new URL(url).origin}/away.html`);
  await hurry(peer);
  await peer.page.goto(url);
  return peer;
}

const query = { name: "Ann", join: "1", camera: "0", microphone: "0" };

const refusals: [handshakes: Handshakes, refusesAll: boolean, title: string][] = [
  [403, true, "The server refuses calls from this address (403)"],
  [404, true, "There is no call server at this address (404)"],
  [429, true, "Too many connections from your network (429)"],
  [502, true, "The server is temporarily unavailable"],
  [503, true, "The server is temporarily unavailable"],
  [200, true, "Something else answers instead of the server"],
  ["silence", true, "The server is not responding"],
  [403, false, "The call connection is blocked"],
  ["silence", false, "The call connection is blocked"],
  ["gibberish", false, "The call connection is blocked"],
];

Deno.test("a page that gets no socket says why, and comes in by itself once it gets one", async (test) => {
  await using server = await startServer(open);
  await using chromium = await launchChromium();
  for (const [handshakes, refusesAll, title] of refusals) {
    await test.step(`${handshakes} ${refusesAll ? "to all" : "to sockets"}`, async () => {
      await using proxy = startRefusingProxy(server.url, handshakes);
      proxy.refusesAll = refusesAll;
      await using ann = await enter(chromium, proxy.room("tea", query));
      await waitForValue(() => heading(ann), title, { what: "why" });
      const before = proxy.asked;
      await waitFor(() => proxy.asked > before, { what: "it to go on trying" });
      assertEquals(await ann.page.$$eval("main a", (all) => all.map((a) => a.pathname)), [
        "/doctor",
        "/",
      ]);
      proxy.handshakes = "pass";
      await waitFor(() => ann.page.$("[data-self]"), { what: "the room", timeout: 60_000 });
    });
  }
});

Deno.test("the words follow what has become of the server, and a press tries at once", async () => {
  await using server = await startServer(open);
  await using chromium = await launchChromium();
  await using proxy = startRefusingProxy(server.url, 429);
  proxy.refusesAll = true;
  await using ann = await enter(chromium, proxy.room("tea", query));
  await waitForValue(() => heading(ann), "Too many connections from your network (429)", {
    what: "the first reason",
  });
  await proxy.stop();
  await waitForValue(() => heading(ann), "The server is not responding", { what: "the second" });
  await hold(ann, true);
  // An answer to an earlier attempt would draw the page anew while the button is pressed.
  proxy.handshakes = "silence";
  proxy.start();
  const before = proxy.asked;
  await ann.press("Try again now");
  await waitFor(() => proxy.asked > before, { what: "an attempt because of the press" });
  proxy.handshakes = "pass";
  await hold(ann, false);
  await waitFor(() => ann.page.$("[data-self]"), { what: "the room" });
});

Deno.test("it is also said from the page before joining and from the page after leaving", async () => {
  await using server = await startServer(open);
  await using chromium = await launchChromium();
  await using proxy = startRefusingProxy(server.url, 404);
  proxy.refusesAll = true;
  await using ann = await enter(chromium, proxy.room("tea", { camera: "0", microphone: "0" }));
  await ann.press("Text only");
  const missing = "There is no call server at this address (404)";
  await waitForValue(() => heading(ann), missing, { what: "why" });
  proxy.handshakes = "pass";
  await waitFor(() => ann.page.$("[data-self]"), { what: "the room" });
  await ann.press("Leave");
  await waitForValue(() => heading(ann), "You left the room", { what: "the last page" });
  proxy.handshakes = 404;
  await ann.press("Rejoin");
  await waitForValue(() => heading(ann), missing, { what: "why again" });
  proxy.handshakes = "pass";
  await waitFor(() => ann.page.$("[data-self]"), { what: "the room again" });
});

Deno.test("the server's explicit answer counts", async () => {
  await using server = await startServer({ args: [...open.args, "--closed"] });
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "tea", name: "Ann", ...writer });
  await waitForValue(() => heading(ann), "This server is not accepting calls", {
    what: "its words",
  });
});

Deno.test("a server that does not know the page's origin, or is short of memory, says so", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  // This proxy names its own host to the server.
  await using proxy = startRefusingProxy(server.url, "pass");
  await using ann = await enter(chromium, proxy.room("tea", query));
  await waitForValue(() => heading(ann), "The server refuses calls from this address (403)", {
    what: "the reason",
  });
  await using poor = await startServer({ args: ["--memory-limit", "64"] });
  await waitFor(() => poor.output.includes("memory pressure changed"), {
    what: "the memory's watch",
  });
  await using bob = await enter(chromium, poor.room("tea", query));
  await waitForValue(() => heading(bob), "The server is too busy right now (503)", {
    what: "the reason",
  });
  assert((await bob.page.$$("main button")).length > 0);
});
