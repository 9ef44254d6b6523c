// The secret of a sealed room's link: kept in this browser, shown in every link, sent to nobody.

import { assert, assertEquals } from "../assert.ts";
import {
  duplicateTab,
  launchChromium,
  launchFirefox,
  openPeer,
  type Peer,
  startServer,
  waitFor,
  waitForValue,
} from "../rig/mod.ts";
import { newSecret } from "../../mesh/sealing/new_secret.ts";

const writer = { camera: "0", microphone: "0" };
const query = { name: "Ann", join: "1", ...writer };

/** Keeps what the page copies, over all its loads; a wide window has the button in its bar. */
async function keepCopies({ page }: Peer): Promise<void> {
  await page.setViewport({ width: 1_400, height: 800 });
  await page.evaluateOnNewDocument(() => {
    Reflect.set(navigator.clipboard, "writeText", (text: string) => {
      sessionStorage.setItem("copied", text);
      return Promise.resolve();
    });
  });
}

/** The link that "Copy link" copies in the room. */
async function copiedLink(peer: Peer): Promise<string> {
  const { page } = peer;
  await page.evaluate(() => sessionStorage.removeItem("copied"));
  await peer.press("Copy link");
  return await waitFor(() => page.evaluate(() => sessionStorage.getItem("copied")), {
    what: "the copied link",
  });
}

function words({ page }: Peer, text: string): Promise<unknown> {
  return waitFor(() => page.evaluate((text) => document.body.innerText.includes(text), text), {
    what: `"${text}"`,
  });
}

for (const [name, launch] of [["Chromium", launchChromium], ["Firefox", launchFirefox]] as const) {
  Deno.test(`a started room has a secret, which this browser keeps until the room is forgotten, in ${name}`, async () => {
    await using server = await startServer();
    await using browser = await launch();
    await using ann = await openPeer(browser, `${server.url}/doctor`);
    const { page } = ann;
    await keepCopies(ann);
    await page.goto(`${server.url}/`);
    await ann.press("Start a room");
    await ann.press("Text only");
    const link = await copiedLink(ann);
    assert(/\/r\/[\w-]+#k=[\w-]{43}$/.test(link), link);
    const address = link.replace(/#.*/, "");
    assertEquals(page.url(), address);
    await page.reload();
    await ann.press("Text only");
    assertEquals(await copiedLink(ann), link, "after a reload");
    await page.goto(`${server.url}/`);
    const visit = await waitFor(() => page.$(".visits a"), { what: "the recent room" });
    assertEquals(await visit.evaluate(({ href }) => href), link, "the recent room");
    await page.goBack();
    // A page that the browser has kept says that the person left.
    await ann.press(/^(Text only|Rejoin)$/);
    assertEquals(await copiedLink(ann), link, "after going back");
    if (name === "Chromium") {
      await using twin = await duplicateTab(ann);
      await keepCopies(twin);
      await twin.page.reload();
      await twin.press("Text only");
      assertEquals(await copiedLink(twin), link, "in a duplicated tab");
    }
    await page.goto(`${server.url}/`);
    await ann.press(/^Forget/);
    const kept = () => page.evaluate(() => JSON.stringify(localStorage));
    await waitForValue(async () => (await kept()).includes(new URL(link).hash.slice(3)), false, {
      what: "a browser without the secret",
    });
  });
}

Deno.test("what a page sends never holds the secret of its link", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await openPeer(chromium, `${server.url}/healthz`);
  const secret = newSecret();
  const sent: string[] = [];
  const session = await ann.page.createCDPSession();
  await session.send("Network.enable");
  session.on("Network.requestWillBeSent", ({ request: { urlFragment: _, ...request } }) => {
    sent.push(JSON.stringify(request));
  });
  session.on("Network.webSocketCreated", ({ url }) => sent.push(url));
  session.on("Network.webSocketFrameSent", ({ response }) => sent.push(response.payloadData));
  // A misspelt address is redirected, and the browser carries the fragment along.
  const address = server.room("tea", query).replace("/tea?", "/tea.?");
  await ann.page.goto(`${address}#invite=a.b&k=${secret}`);
  await waitFor(() => ann.page.$("[data-self]"), { what: "the room" });
  await keepCopies(ann);
  await ann.page.reload();
  await waitFor(() => ann.page.$("[data-self]"), { what: "the room again" });
  assert((await copiedLink(ann)).endsWith(`/r/tea#k=${secret}`));
  await ann.press("Leave");
  await words(ann, "You left the room");
  assert(sent.some((text) => text.includes("a.b")), "the invite was sent");
  assertEquals(sent.filter((text) => text.includes(secret)), []);
  assert(!ann.page.url().includes("#"));
  const { entries } = await session.send("Page.getNavigationHistory");
  assertEquals(entries.filter(({ url }) => url.includes(secret)), []);
});

Deno.test("a link with a part of a secret joins nothing; the whole link that follows does", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const secret = newSecret();
  const room = server.room("tea", query);
  await using ann = await openPeer(chromium, `${room}#invite=a.b&k=${secret.slice(0, 30)}`);
  await words(ann, "This link is incomplete");
  await ann.page.reload();
  await words(ann, "This link is incomplete");
  assertEquals(await ann.page.evaluate(() => localStorage.getItem("parley.keys")), null);
  await ann.page.goto(`${room}#k=${secret}`);
  await waitFor(() => ann.page.$("[data-self]"), { what: "the room" });
  // A damaged link to a room that this browser knows leads into it.
  await using twin = await duplicateTab(ann);
  await ann.press("Leave");
  await twin.page.goto(`${room}#k=${secret.slice(0, 30)}`);
  await waitFor(() => twin.page.$("[data-self]"), { what: "the room again" });
  await waitForValue(() => twin.page.url(), room, { what: "an address without a key" });
});

Deno.test("over plain http a sealed room's link says that it needs https, and stays", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await openPeer(chromium, `${server.url}/healthz`);
  // Browsers hide it from pages that come over plain http from elsewhere.
  await ann.page.evaluateOnNewDocument(() => {
    Object.defineProperty(Crypto.prototype, "subtle", { value: undefined });
  });
  const link = `${server.room("tea", query)}#k=${newSecret()}`;
  await ann.page.goto(link);
  await words(ann, "This link requires a secure page");
  assertEquals(ann.page.url(), link);
  assertEquals(await ann.page.evaluate(() => localStorage.getItem("parley.keys")), null);
  await ann.page.goto(`${server.url}/`);
  await ann.press("Start a room");
  await ann.press("Text only");
  await keepCopies(ann);
  await ann.page.reload();
  await ann.press("Text only");
  assert(!(await copiedLink(ann)).includes("#"), "without sealing a room is open");
});

Deno.test("a link with another secret opens its own room, but not for a person inside a sealed one", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const [one, other] = [newSecret(), newSecret()];
  const room = server.room("tea", writer);
  await using ann = await openPeer(chromium, `${room}#k=${one}`);
  const { page } = ann;
  await keepCopies(ann);
  const open = (secret: string) =>
    page.evaluate((secret) => void (location.hash = `k=${secret}`), secret);
  const kept = () => page.evaluate(() => localStorage.getItem("parley.keys"));
  await waitFor(async () => (await kept())?.includes(one), { what: "the first secret" });
  await open(other);
  await waitFor(async () => (await kept())?.includes(other), { what: "the other secret" });
  await ann.press("Text only");
  assertEquals(await copiedLink(ann), `${server.url}/r/tea#k=${other}`);
  await open(one);
  await words(ann, "You are already in this room");
  assertEquals(await copiedLink(ann), `${server.url}/r/tea#k=${other}`);
  assert((await kept())?.includes(other));
});

Deno.test("the page before joining names the people whom the link leads to; other links say why not", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const secret = newSecret();
  await using ann = await openPeer(chromium, `${server.room("tea", query)}#k=${secret}`);
  await waitFor(() => ann.page.$("[data-self]"), { what: "the room" });
  const room = server.room("tea", writer);
  await using bob = await openPeer(chromium, `${room}#k=${secret}`);
  await words(bob, "Ann is inside");
  await words(bob, "Only people with this link can see, hear or read you.");
  await using cem = await openPeer(chromium, room);
  await words(cem, "Not verified");
  await words(cem, "This link is incomplete");
  await cem.press("Text only");
  await words(cem, "The part after # is missing.");
  await cem.page.goto(`${server.url}/`);
  await cem.page.goto(`${room}#k=${newSecret()}`);
  await words(cem, "The link to this room has changed");
  await cem.press("Text only");
  await waitFor(() => cem.page.$("main.notice"), { what: "the last page" });
  await words(cem, "Ask someone in the room for the new link.");
  // In the same tab, the whole link opens the room.
  await cem.page.evaluate((secret) => void (location.hash = `k=${secret}`), secret);
  await words(cem, "Ann is inside");
  await using dora = await openPeer(chromium, server.room("den", query));
  await waitFor(() => dora.page.$("[data-self]"), { what: "the open room" });
  await cem.page.goto(`${server.room("den", writer)}#k=${secret}`);
  await words(cem, "Another room has this name now");
  await cem.press("Text only");
  await waitFor(() => cem.page.$("main.notice"), { what: "the last page" });
  await words(cem, "Start a new room");
});
