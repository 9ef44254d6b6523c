// An owner's powers as people use them: rules, knocks, passwords, invites, removal, the key that
// outlives page and server.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  type LaunchedBrowser,
  openPeer,
  type Peer,
  type RunningServer,
  shows,
  startRestartable,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";

const writer = { camera: false, microphone: false };

/** Opens a room's link as somebody who only writes; `fragment` is what comes after the #. */
async function comeTo(
  chromium: LaunchedBrowser,
  { server, name, fragment = "" }: { server: RunningServer; name: string; fragment?: string },
): Promise<Peer> {
  const peer = await openPeer(chromium, `${server.url}/away.html`);
  const link = server.room("den", { name, join: "1", camera: "0", microphone: "0" });
  await peer.page.goto(`${link}${fragment}`);
  return peer;
}

function join(chromium: LaunchedBrowser, server: RunningServer, name: string): Promise<Peer> {
  return joinByLink(chromium, { server, room: "den", name, ...writer });
}

/** Waits until the page says so somewhere a person sees it. */
function waitForWords({ page }: Peer, words: string): Promise<unknown> {
  return waitFor(
    () => page.evaluate((words) => document.body.innerText.includes(words), words),
    { what: `"${words}"` },
  );
}

/** Turns a switch of the people's panel. */
async function turn({ page }: Peer, name: string): Promise<void> {
  await using element = await waitFor(() => page.$(`::-p-aria([name="${name}"][role="switch"])`), {
    what: `the switch ${name}`,
  });
  await element.click();
}

async function setPassword(owner: Peer, password: string): Promise<void> {
  await owner.press("Set");
  await using field = await waitFor(() => owner.page.$("input[name=room-password]"), {
    what: "the field for a password",
  });
  await field.type(password);
  await owner.press("Save");
  await waitForWords(owner, "New people must enter it.");
}

/** Everything a page would copy, in order. */
function watchCopies({ page }: Peer): Promise<void> {
  return page.evaluate(() => {
    const copies: string[] = [];
    Reflect.set(globalThis, "copies", copies);
    Reflect.set(navigator.clipboard, "writeText", (text: string) => {
      copies.push(text);
      return Promise.resolve();
    });
  });
}

function copied({ page }: Peer): Promise<string> {
  return waitFor(
    () => page.evaluate(() => String(Reflect.get(globalThis, "copies").at(-1) ?? "")),
    { what: "something copied" },
  );
}

Deno.test("an owner locks the room and removes a person, whose connections everyone closes", async () => {
  await using server = await startRestartable();
  await using chromium = await launchChromium();
  await using ann = await join(chromium, server.current, "Ann");
  await using bob = await join(chromium, server.current, "Bob");
  await using cem = await join(chromium, server.current, "Cem");
  await waitForTiles([ann, bob, cem], 2);
  await ann.press("People");
  await turn(ann, "Lock");
  await waitForWords(bob, "The room is locked");
  await using dan = await comeTo(chromium, { server: server.current, name: "Dan" });
  await waitForWords(dan, "This room is locked");

  await ann.press("Actions for Bob");
  await ann.press("Remove and keep out…");
  await ann.press("Remove and keep out");
  await waitForWords(bob, "You cannot enter this room");
  await waitForTiles([ann, cem], 1);
  const states = (peer: Peer) =>
    peer.page.evaluate(() =>
      (globalThis.__rtc ?? []).map(({ connection }) => connection.connectionState).toSorted()
    );
  await waitForValue(() => states(cem), ["closed", "connected"], { what: "one link of two" });
  assertEquals(await bob.page.evaluate(() => document.querySelector("[data-person]")), null);
  assertEquals(await allComplaints([ann, cem, dan]), []);
});

Deno.test("who knocks waits until an owner lets them in, or turns them away", async () => {
  await using server = await startRestartable();
  await using chromium = await launchChromium();
  await using ann = await join(chromium, server.current, "Ann");
  await ann.press("People");
  await turn(ann, "Knocking");
  await ann.press("Close");
  await using bob = await comeTo(chromium, { server: server.current, name: "Bob" });
  await waitForWords(bob, "An owner of the room can see that you are waiting.");
  await ann.press("Admit Bob");
  await waitForTiles([ann, bob], 1);
  await using cem = await comeTo(chromium, { server: server.current, name: "Cem" });
  await ann.press("Deny Cem");
  await waitForWords(cem, "You were not let in");
  await using dan = await comeTo(chromium, { server: server.current, name: "Dan" });
  await waitForWords(dan, "Waiting to be admitted");
  await dan.press("Stop waiting");
  await waitForWords(dan, "You left the room");
  await waitFor(
    () => ann.page.evaluate(() => document.querySelector(".knock-pill") === null),
    { what: "no knock" },
  );
  assertEquals(await allComplaints([ann, bob, cem, dan]), []);
});

Deno.test("a password is required, wrong once, then right; an invite needs none", async () => {
  await using server = await startRestartable();
  await using chromium = await launchChromium();
  await using ann = await join(chromium, server.current, "Ann");
  await ann.press("People");
  await setPassword(ann, "two sugars");
  await using bob = await comeTo(chromium, { server: server.current, name: "Bob" });
  await waitForWords(bob, "This room needs a password");
  const enter = async (password: string) => {
    await bob.page.type("input[name=room-password]", password);
    await bob.page.keyboard.press("Enter");
  };
  await enter("one sugar");
  await waitForWords(bob, "Wrong password.");
  await enter("two sugars");
  await waitFor(async () => {
    // A program types faster than the server lets anybody guess.
    if (await shows(bob, "Too many wrong attempts")) await enter("two sugars");
    return (await bob.media()).length === 1;
  }, { what: "Bob to be inside" });
  await waitForTiles([ann, bob], 1);

  await watchCopies(ann);
  await ann.press("Invite");
  await ann.press("Create link");
  await ann.press("Copy link: Guest");
  const link = new URL(await copied(ann));
  await using cem = await comeTo(chromium, {
    server: server.current,
    name: "Cem",
    fragment: link.hash,
  });
  await waitForTiles([ann, bob, cem], 2);
  assertEquals(await cem.page.evaluate(() => location.hash), "", "nobody sees it over a shoulder");
  await ann.press("Revoke link: Guest");
  await using dan = await comeTo(chromium, {
    server: server.current,
    name: "Dan",
    fragment: link.hash,
  });
  await waitForWords(dan, "This room needs a password");
  assertEquals(await allComplaints([ann, bob, cem, dan]), []);
});

Deno.test("owning survives the page and the server, and can be handed on by a link", async () => {
  await using server = await startRestartable();
  await using chromium = await launchChromium();
  await using ann = await join(chromium, server.current, "Ann");
  await ann.press("People");
  await setPassword(ann, "two sugars");
  await ann.page.reload();
  await ann.press("People");
  await waitForWords(ann, "Close the room…");
  await watchCopies(ann);
  await ann.press("Invite");
  await ann.press("Copy owner link");
  const { hash } = new URL(await copied(ann));
  await server.kill();
  await server.startAgain();
  await using bob = await comeTo(chromium, {
    server: server.current,
    name: "Bob",
    fragment: hash,
  });
  await waitForTiles([ann, bob], 1);
  await bob.press("People");
  await waitForWords(bob, "Close the room…");
  await bob.press("Close the room…");
  await bob.press("Close the room");
  await waitForWords(ann, "The room was closed");
  await using cem = await comeTo(chromium, { server: server.current, name: "Cem" });
  await waitForWords(cem, "This room needs a password");
});

Deno.test("everyone is asked to mute, and rights reserved for owners are closed to others", async () => {
  await using server = await startRestartable();
  await using chromium = await launchChromium();
  await using ann = await join(chromium, server.current, "Ann");
  await using bob = await joinByLink(chromium, {
    ...{ server: server.current, room: "den", name: "Bob" },
    camera: false,
    microphone: true,
  });
  await waitForTiles([ann, bob], 1);
  await waitFor(() => bob.page.$('[aria-label="Mute"]'), { what: "Bob's open microphone" });
  await ann.press("People");
  await ann.press("Mute everyone else");
  await waitForWords(bob, "Ann asked you to mute");
  await waitFor(() => bob.page.$('[aria-label="Unmute"]'), { what: "Bob's closed microphone" });
  await bob.press("Unmute");
  await waitFor(() => bob.page.$('[aria-label="Mute"]'), { what: "his own word counts" });

  for (const label of ["send messages", "share their screen", "send files"]) {
    await using field = await waitFor(
      () => ann.page.$(`::-p-aria([name="${label}"][role="combobox"])`),
      { what: label },
    );
    await field.select("owners");
  }
  await waitFor(() => bob.page.$("textarea:disabled"), { what: "a box that takes nothing" });
  for (const closed of ['[aria-label="Share"]:disabled', "#attach-key:disabled"]) {
    await waitFor(() => bob.page.$(closed), { what: closed });
  }
  await bob.press("People");
  await waitForWords(bob, "Only owners can send messages.");
  assertEquals(await allComplaints([ann, bob]), []);
});
