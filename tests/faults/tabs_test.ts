// Tabs that are copied, reloaded, replaced, or die: each person is there once, and nobody twice.

import { assert, assertEquals } from "../assert.ts";
import {
  duplicateTab,
  joinByLink,
  launchChromium,
  lightCamera,
  type Peer,
  type RunningServer,
  shows,
  startServer,
  waitFor,
  waitForFullMesh,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { Client, text } from "../sockets/client.ts";

async function peersAt(server: RunningServer): Promise<number> {
  return (await (await fetch(`${server.url}/healthz`)).json()).peers;
}

async function tileIds(peer: Peer): Promise<string[]> {
  return (await peer.media()).map(({ peerId }) => peerId);
}

/** The resume token that a tab keeps for a crash. */
async function tokenOf({ page }: Peer): Promise<string> {
  const kept: unknown = JSON.parse(
    await page.evaluate(() => sessionStorage.getItem("parley.visit") ?? "null"),
  );
  const token: unknown = kept !== null && typeof kept === "object" && "token" in kept && kept.token;
  assert(typeof token === "string", "the tab keeps a token");
  return token;
}

/**
 * Ends the page's process without any event in the page; a promise of the browser is lost with it.
 */
async function crash({ page }: Peer): Promise<void> {
  const died = new Promise((resolve) => page.once("error", resolve));
  const session = await page.createCDPSession();
  session.send("Page.crash").catch(() => {});
  await died;
}

/** Two people in a call; what the test does with the second is its own. */
async function callOfTwo(stack: AsyncDisposableStack) {
  const server = stack.use(await startServer({ args: ["--allow-origin", "*"] }));
  const camera = stack.use(await lightCamera());
  const chromium = stack.use(await launchChromium({ flags: camera.flags }));
  const ann = stack.use(await joinByLink(chromium, { server, room: "tabs", name: "Ann" }));
  const bob = stack.use(await joinByLink(chromium, { server, room: "tabs", name: "Bob" }));
  await waitForFullMesh([ann, bob]);
  return { server, ann, bob };
}

Deno.test("a copied tab is one more person, and the first stays who it was", async () => {
  await using stack = new AsyncDisposableStack();
  const { server, ann, bob } = await callOfTwo(stack);
  const before = await tileIds(ann);
  const copy = stack.use(await duplicateTab(bob));
  await waitForFullMesh([ann, bob, copy]);
  const after = await tileIds(ann);
  assertEquals(after.length, 2);
  assertEquals(after.filter((peerId) => before.includes(peerId)), before);
  assertEquals(await peersAt(server), 3);
  await copy.press("Leave");
  await waitForTiles([ann, bob], 1);
  assertEquals(await tileIds(ann), before);
});

Deno.test("a tab reloaded again and again is one person", async () => {
  await using stack = new AsyncDisposableStack();
  const { server, ann, bob } = await callOfTwo(stack);
  for (let round = 0; round < 3; round++) {
    await bob.page.reload({ waitUntil: "load" });
    await waitForFullMesh([ann, bob]);
  }
  await waitForTiles([ann, bob], 1);
  assertEquals(await peersAt(server), 2);
});

Deno.test("of two sockets with one token the older one's page says that another tab has the call", async () => {
  await using stack = new AsyncDisposableStack();
  const { server, ann, bob } = await callOfTwo(stack);
  const [bobsId = ""] = await tileIds(ann);
  const thief = new Client(`${server.url.replace("http", "ws")}/ws`);
  await thief.opened;
  thief.say({ type: "join", room: "tabs", name: "Bob", resume: await tokenOf(bob) });
  assertEquals(text(await thief.hear("welcome"), "peerId"), bobsId);
  await waitFor(() => shows(bob, "You are in this call in another tab"), {
    what: "words at Bob's",
  });
  assertEquals(await bob.page.$$("[data-peer-id]").then(({ length }) => length), 0);
  assertEquals(await tileIds(ann), [bobsId]);
  assertEquals(await peersAt(server), 2);
  await bob.press("Use this tab instead");
  await waitFor(() => bob.page.$("[data-self]"), { what: "Bob's tab to be in the call again" });
  await thief.leave();
  await waitForTiles([ann, bob], 1);
});

Deno.test("a tab that crashed is gone at once, and comes back as itself", async () => {
  await using stack = new AsyncDisposableStack();
  const { server, ann, bob } = await callOfTwo(stack);
  const [bobsId = ""] = await tileIds(ann);
  const url = bob.page.url();
  await crash(bob);
  // The browser says goodbye for the page.
  await waitForTiles([ann], 0);
  await bob.page.goto(url, { waitUntil: "load" });
  await waitForFullMesh([ann, bob], 30_000);
  assertEquals(await tileIds(ann), [bobsId], "the same person");
  assertEquals(await peersAt(server), 2);
});

Deno.test("a browser that was killed leaves no ghost", async () => {
  await using stack = new AsyncDisposableStack();
  const { server, ann, bob } = await callOfTwo(stack);
  await bob.press("Leave");
  const camera = stack.use(await lightCamera());
  const other = stack.use(await launchChromium({ flags: camera.flags }));
  const cem = await joinByLink(other, { server, room: "tabs", name: "Cem" });
  await waitForFullMesh([ann, cem]);
  other.browser.process()?.kill("SIGKILL");
  // At once if a part of the browser still says goodbye, or after the grace of 15 s.
  await waitForValue(() => peersAt(server), 1, { what: "the end of Cem", timeout: 25_000 });
  await waitForTiles([ann], 0);
});
