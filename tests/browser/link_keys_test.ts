// An invite's or owner's link opened in a page that shows its room already: taken, cleaned away,
// tried at once, and told.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  type LaunchedBrowser,
  launchFirefox,
  openPeer,
  type Peer,
  type RunningServer,
  startRefusingProxy,
  startRestartable,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { Client } from "../sockets/client.ts";

const writer = { camera: false, microphone: false };
const query = { name: "Bob", join: "1", camera: "0", microphone: "0" };

function waitForWords({ page }: Peer, words: string): Promise<unknown> {
  return waitFor(
    () => page.evaluate((words) => document.body.innerText.includes(words), words),
    { what: `"${words}"` },
  );
}

/** Opens another link of the room in the same tab, as a click in a mail does. */
function follow({ page }: Peer, fragment: string): Promise<void> {
  return page.evaluate((fragment) => void (location.hash = fragment), fragment);
}

/** Waits until neither the address nor anything that Back or Forward leads to holds a key. */
async function waitUntilClean({ page }: Peer): Promise<void> {
  await waitForValue(() => page.evaluate(() => location.href.includes("#")), false, {
    what: "an address without a key",
  });
  const session = await page.createCDPSession();
  const { entries } = await session.send("Page.getNavigationHistory");
  assertEquals(entries.map(({ url }) => url).filter((url) => /#(invite|owner)/.test(url)), []);
  await session.detach();
}

/** A room with an owner in it, and what its links bring. */
async function ownedRoom(chromium: LaunchedBrowser, server: RunningServer) {
  const ann = await joinByLink(chromium, { server, room: "den", name: "Ann", ...writer });
  await ann.page.evaluate(() => {
    Reflect.set(globalThis, "copies", []);
    Reflect.set(navigator.clipboard, "writeText", (text: string) => {
      Reflect.get(globalThis, "copies").push(text);
      return Promise.resolve();
    });
  });
  const copied = async (count: number) => {
    const text = await waitFor(
      () => ann.page.evaluate((count) => Reflect.get(globalThis, "copies")[count - 1], count),
      { what: "a copied link" },
    );
    return new URL(String(text)).hash;
  };
  await ann.press("People");
  await ann.press("Invite");
  await ann.press("Create link");
  await ann.press("Copy link: Guest");
  const invite = await copied(1);
  await ann.press("Copy owner link");
  const owner = await copied(2);
  await ann.press("People");
  const turn = async (name: string) => {
    await using element = await waitFor(
      () => ann.page.$(`::-p-aria([name="${name}"][role="switch"])`),
      { what: `the switch ${name}` },
    );
    await element.click();
  };
  return { ann, invite, owner, turn };
}

Deno.test("a locked room opens to an owner's link that is opened in the page that stands before it", async () => {
  await using restartable = await startRestartable();
  const server = restartable.current;
  await using chromium = await launchChromium();
  const { ann, invite, owner, turn } = await ownedRoom(chromium, server);
  await using _ = ann;
  await turn("Lock");
  await using bob = await openPeer(chromium, server.room("den", query));
  await waitForWords(bob, "This room is locked");
  await follow(bob, "#owner=bad.key");
  await waitForWords(bob, "This link does not open the room.");
  await waitUntilClean(bob);
  await follow(bob, invite);
  await waitForWords(bob, "This link does not open a locked room.");
  await waitUntilClean(bob);
  await waitForWords(bob, "This room is locked");
  await follow(bob, "#invite=");
  await waitForWords(bob, "The key in this link cannot be read.");
  await waitUntilClean(bob);
  await follow(bob, `${owner}.”`);
  await waitForTiles([ann, bob], 1);
  await waitForWords(bob, "You own this room now.");
  await waitUntilClean(bob);
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("an invite ends the waiting at the door, a bad one does not", async () => {
  await using restartable = await startRestartable();
  const server = restartable.current;
  await using chromium = await launchChromium();
  const { ann, invite, turn } = await ownedRoom(chromium, server);
  await using _ = ann;
  await turn("Knocking");
  await using bob = await openPeer(chromium, server.room("den", query));
  await waitForWords(bob, "Waiting to be admitted");
  await follow(bob, "#invite=bad.key");
  await waitForWords(bob, "This link does not open the room.");
  await waitForWords(bob, "Waiting to be admitted");
  await follow(bob, `${invite}.”`);
  await waitForTiles([ann, bob], 1);
  await waitForWords(bob, "The link let you in.");
  await waitUntilClean(bob);
});

Deno.test("an owner's link goes past the question for a password, and makes an owner", async () => {
  await using restartable = await startRestartable();
  const server = restartable.current;
  await using chromium = await launchChromium();
  const { ann, owner } = await ownedRoom(chromium, server);
  await using _ = ann;
  await ann.press("Set");
  await ann.page.type("input[name=room-password]", "two sugars");
  await ann.press("Save");
  await waitForWords(ann, "New people must enter it.");
  await using bob = await openPeer(chromium, server.room("den", query));
  await waitForWords(bob, "This room needs a password");
  await bob.page.type("input[name=room-password]", "one sugar");
  await bob.page.keyboard.press("Enter");
  await waitForWords(bob, "Wrong password.");
  await follow(bob, owner);
  await waitForTiles([ann, bob], 1);
  await waitForWords(bob, "You own this room now.");
  await waitUntilClean(bob);
});

Deno.test("inside, an owner's link makes an owner at once; a bad one and an invite change nothing", async () => {
  await using restartable = await startRestartable();
  const server = restartable.current;
  await using chromium = await launchChromium();
  const { ann, invite, owner } = await ownedRoom(chromium, server);
  await using _ = ann;
  await using bob = await openPeer(chromium, server.room("den", query));
  await waitForTiles([ann, bob], 1);
  await follow(bob, "#owner=bad.key");
  await waitForWords(bob, "This link does not make you an owner.");
  await waitUntilClean(bob);
  await follow(bob, invite);
  await waitForWords(bob, "You are already in this room");
  await follow(bob, owner);
  await waitForWords(bob, "You own this room now.");
  await waitUntilClean(bob);
  await bob.press("People");
  await waitForWords(bob, "Close the room…");
  await waitForTiles([ann, bob], 1);
  const connections = await bob.page.evaluate(() => (globalThis.__rtc ?? []).length);
  assertEquals(connections, 1, "the call goes on with the connection it had");
});

for (const [name, launch] of [["Chromium", launchChromium], ["Firefox", launchFirefox]] as const) {
  Deno.test(`on the page before joining a key is kept for the join, in ${name}`, async () => {
    await using restartable = await startRestartable();
    const server = restartable.current;
    await using chromium = await launchChromium();
    const { ann, invite, turn } = await ownedRoom(chromium, server);
    await using _ = ann;
    await turn("Knocking");
    await using browser = await launch();
    await using bob = await openPeer(browser, server.room("den", { camera: "0", microphone: "0" }));
    // The server has drawn the page; a link that comes before its code is one the page was opened
    // with. The code sets the theme and listens for links in one step.
    await waitFor(() => bob.page.$("html[data-theme]"), { what: "the page's code" });
    await follow(bob, invite);
    await waitForWords(bob, "This link will be used when you join.");
    assertEquals(await bob.page.evaluate(() => location.hash), "");
    await bob.press("Text only");
    await waitForTiles([ann, bob], 1);
  });
}

Deno.test("after leaving, an invite's link comes in again", async () => {
  await using restartable = await startRestartable();
  const server = restartable.current;
  await using chromium = await launchChromium();
  const { ann, invite, turn } = await ownedRoom(chromium, server);
  await using _ = ann;
  await using bob = await openPeer(chromium, server.room("den", query));
  await waitForTiles([ann, bob], 1);
  await bob.press("Leave");
  await waitForWords(bob, "You left the room");
  await turn("Knocking");
  await follow(bob, invite);
  await waitForTiles([ann, bob], 1);
  await waitUntilClean(bob);
});

Deno.test("an owner's link that is opened while the socket is away counts once it is back", async () => {
  await using restartable = await startRestartable({ args: ["--allow-origin", "*"] });
  const server = restartable.current;
  await using chromium = await launchChromium();
  const { ann, invite, owner } = await ownedRoom(chromium, server);
  await using _ = ann;
  await using proxy = startRefusingProxy(server.url, "pass");
  await using bob = await openPeer(chromium, proxy.room("den", query));
  await waitForTiles([ann, bob], 1);
  proxy.handshakes = 503;
  proxy.cut();
  await waitForWords(bob, "Reconnecting");
  await follow(bob, invite);
  await follow(bob, owner);
  await waitUntilClean(bob);
  proxy.handshakes = "pass";
  await waitForWords(bob, "You own this room now.");
  await waitForTiles([ann, bob], 1);
});

Deno.test("in a replaced tab, an invite link joins again", async () => {
  await using restartable = await startRestartable({ args: ["--allow-origin", "*"] });
  const server = restartable.current;
  await using chromium = await launchChromium();
  const { ann, invite, turn } = await ownedRoom(chromium, server);
  await using _ = ann;
  await using bob = await openPeer(chromium, server.room("den", query));
  await waitForTiles([ann, bob], 1);
  const kept = await bob.page.evaluate(() => sessionStorage.getItem("parley.visit") ?? "null");
  const other = new Client(`${server.url.replace("http", "ws")}/ws`);
  await other.opened;
  other.say({ type: "join", room: "den", name: "Bob", resume: JSON.parse(kept).token });
  await waitForWords(bob, "Use this tab instead");
  await other.leave();
  await waitForTiles([ann], 0);
  await turn("Knocking");
  await follow(bob, invite);
  await waitForTiles([ann, bob], 1);
  await waitUntilClean(bob);
});

Deno.test("a page that the browser kept and brought back takes an invite's link", async () => {
  await using restartable = await startRestartable();
  const server = restartable.current;
  await using chromium = await launchChromium();
  const { ann, invite, turn } = await ownedRoom(chromium, server);
  await using _ = ann;
  await using bob = await openPeer(chromium, server.room("den", query));
  await waitForTiles([ann, bob], 1);
  // As a browser does that keeps pages with connections; Chromium's own cache is off under test.
  await bob.page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  });
  await waitForTiles([ann], 0);
  await turn("Knocking");
  await follow(bob, invite);
  await waitForTiles([ann, bob], 1);
  await waitForWords(bob, "The link let you in.");
  await waitUntilClean(bob);
});

Deno.test("a page that may neither store nor rewrite its history takes the key, and hides it", async () => {
  await using restartable = await startRestartable();
  const server = restartable.current;
  await using chromium = await launchChromium();
  const { ann, invite, turn } = await ownedRoom(chromium, server);
  await using _ = ann;
  await turn("Knocking");
  await using bob = await openPeer(chromium, `${server.url}/away.html`);
  await bob.page.evaluateOnNewDocument(() => {
    const refuse = () => {
      throw new DOMException("no", "SecurityError");
    };
    Storage.prototype.setItem = refuse;
    History.prototype.replaceState = refuse;
  });
  await bob.page.goto(server.room("den", query) + "#invite=bad.key");
  await waitForWords(bob, "Waiting to be admitted");
  await waitForWords(bob, "This link does not open the room.");
  const hash = () => bob.page.evaluate(() => location.hash);
  assertEquals(await hash(), "");
  await follow(bob, invite);
  await waitForTiles([ann, bob], 1);
  assertEquals(await hash(), "");
});
