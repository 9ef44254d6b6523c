// Every screen, in both themes and on two sizes of window: axe finds nothing to complain about.

import { assert, assertEquals } from "../assert.ts";
import {
  joinByLink,
  launchChromium,
  openPeer,
  type Peer,
  startServer,
  waitFor,
  waitForTiles,
} from "../rig/mod.ts";
import { findings } from "./axe.ts";
import { pick, rewrite, waitForChat } from "./chat_page.ts";

const desktop = { width: 1440, height: 900 };
const phone = { width: 360, height: 740, hasTouch: true, isMobile: true };

async function headingOf({ page }: Peer, text: RegExp): Promise<void> {
  await waitFor(
    () =>
      page.evaluate((source) => {
        const heading = document.querySelector("h1")?.textContent ?? "";
        return new RegExp(source).test(heading);
      }, text.source),
    { what: `a heading like ${text}` },
  );
}

Deno.test("axe finds nothing on the pages around the room", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const found: string[] = [];
  for (const size of [desktop, phone]) {
    await using peer = await openPeer(chromium, `${server.url}/`);
    await peer.page.setViewport(size);
    await headingOf(peer, /One link/);
    found.push(...await findings(peer.page, `home ${size.width}`));

    await peer.page.goto(server.room("axe"));
    await waitFor(() => peer.page.$(".preview video"), { what: "the preview" });
    // By keyboard: on a phone it lies under the ways in until one scrolls.
    const key = '[aria-label="Test the microphone"]:enabled';
    await (await waitFor(() => peer.page.$(key), { what: "a microphone to try" })).focus();
    await peer.page.keyboard.press("Enter");
    await waitFor(() => peer.page.$(".trial progress"), { what: "the recording" });
    found.push(...await findings(peer.page, `before joining ${size.width}`));

    await peer.page.goto(`${server.url}/away.html`);
    await headingOf(peer, /cannot be reached/);
    found.push(...await findings(peer.page, `no network ${size.width}`));

    await peer.page.goto(`${server.url}/r/no%20room`);
    await headingOf(peer, /Did you mean no-room/);
    found.push(...await findings(peer.page, `another room ${size.width}`));

    await peer.page.goto(`${server.url}/r/%F0%9F%8D%B5`);
    await headingOf(peer, /not a valid room/);
    found.push(...await findings(peer.page, `no such room ${size.width}`));
  }
  assertEquals(found, []);
});

Deno.test("axe finds nothing in the room, alone and with four, with every panel open", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const found: string[] = [];
  const writer = { camera: false, microphone: false, server, room: "axe" };
  await using mira = await joinByLink(chromium, { server, room: "axe", name: "Mira" });
  await mira.page.setViewport(desktop);
  await waitFor(() => mira.page.$(".invitation svg.qr"), { what: "the invitation" });
  found.push(...await findings(mira.page, "alone"));

  await using ana = await joinByLink(chromium, { ...writer, name: "Ana" });
  await ana.page.setViewport(desktop);
  await using kenji = await joinByLink(chromium, { ...writer, name: "Kenji" });
  await using noor = await joinByLink(chromium, { ...writer, name: "Noor" });
  await waitForTiles([mira, ana, kenji, noor], 3);
  await ana.say("Route notes are at https://harbourwalk.example/notes");
  await ana.press("Hand");
  found.push(...await findings(mira.page, "four"));
  await mira.press("Chat");
  await mira.say("Lovely");
  found.push(...await findings(mira.page, "chat"));
  await mira.press("People");
  found.push(...await findings(mira.page, "people"));
  await mira.press("Invite");
  await waitFor(() => mira.page.$("#invite svg.qr"), { what: "the code" });
  found.push(...await findings(mira.page, "invite"));
  await mira.press("Connections");
  found.push(...await findings(mira.page, "connections"));
  await mira.press("People");
  await mira.press("Microphone and speaker");
  found.push(...await findings(mira.page, "device menu"));
  await mira.page.keyboard.press("Escape");
  await mira.press("React");
  found.push(...await findings(mira.page, "reactions"));

  await noor.page.setViewport(phone);
  found.push(...await findings(noor.page, "phone chat"));
  await noor.press("Close");
  found.push(...await findings(noor.page, "phone"));
  await noor.press("More");
  found.push(...await findings(noor.page, "phone more"));
  await noor.press("Connections");
  found.push(...await findings(noor.page, "phone connections"));
  await kenji.press("Leave");
  await headingOf(kenji, /left/);
  found.push(...await findings(kenji.page, "left"));
  assertEquals(found, []);
});

Deno.test("axe finds nothing in a chat with every kind of line, its menus and its lists", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const found: string[] = [];
  const writer = { camera: false, microphone: false, server, room: "axe" };
  await using ana = await joinByLink(chromium, { ...writer, name: "Ana" });
  await ana.say("Route notes are at https://harbourwalk.example/notes");
  await ana.say("old");
  await waitForChat(ana, "old");
  await pick(ana, "old", "Edit");
  await rewrite(ana, "new with `code` and\n```\na block\n```");
  await using mira = await joinByLink(chromium, { ...writer, name: "Mira" });
  await mira.page.setViewport(desktop);
  await pick(mira, "Route notes", "Reply");
  await mira.say("with a quote");
  await pick(mira, "new with", "Write to Ana only");
  await mira.say("a secret");
  await pick(ana, "a secret", "Reply");
  await ana.say("an answer to it");
  await mira.say("taken back");
  await pick(mira, "taken back", "Delete for everyone");
  await waitForChat(mira, "You deleted");
  await waitForChat(mira, "an answer to it");
  found.push(...await findings(mira.page, "all lines"));
  await mira.press("Chat options");
  await waitFor(() => mira.page.$("[role=menu]"), { what: "the chat's menu" });
  found.push(...await findings(mira.page, "chat menu"));
  await mira.page.keyboard.press("Escape");
  await pick(mira, "with a quote", "Edit");
  found.push(...await findings(mira.page, "editing"));
  await rewrite(mira, "again");
  await mira.page.type("#chat-box", " :smi");
  await waitFor(() => mira.page.$("[role=listbox]"), { what: "the emoji" });
  found.push(...await findings(mira.page, "emoji"));
  await ana.press("Leave");
  await waitForChat(mira, "Ana left");
  found.push(...await findings(mira.page, "nobody to write to"));
  assertEquals(found, []);
});

Deno.test("axe finds nothing in menus, lists and notices, on a desktop and on a phone", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const found: string[] = [];
  for (const size of [desktop, phone]) {
    const name = `${size.width}`;
    await using mira = await joinByLink(chromium, { server, room: "menus", name: "Mira" });
    await mira.page.setViewport(size);
    await waitFor(() => mira.page.$(".more button"), { what: "the bar" });
    await using ana = await joinByLink(chromium, {
      server,
      room: "menus",
      name: "Ana",
      camera: false,
      microphone: false,
    });
    await waitForTiles([mira, ana], 1);
    await waitFor(() => mira.page.$(".toast"), { what: "a notice" });
    found.push(...await findings(mira.page, `notice ${name}`));
    const openers = size === desktop
      ? ["Microphone and speaker", "Camera settings", "React", "More"]
      : ["More"];
    for (const opener of openers) {
      await mira.press(opener);
      await waitFor(() => mira.page.$(".popover"), { what: opener });
      found.push(...await findings(mira.page, `${opener} ${name}`));
      await mira.page.keyboard.press("Escape");
      await waitFor(async () => await mira.page.$(".popover") === null, { what: "it to close" });
    }
    await mira.page.keyboard.press("?");
    await waitFor(() => mira.page.$("dialog[open]"), { what: "the list of keys" });
    found.push(...await findings(mira.page, `keys ${name}`));
    await mira.page.keyboard.press("Escape");
    await waitFor(async () => await mira.page.$("dialog") === null, { what: "it to close" });
    await mira.page.keyboard.press("p");
    await waitFor(() => mira.page.$("#people"), { what: "the people" });
    found.push(...await findings(mira.page, `people ${name}`));
  }
  assertEquals(found, []);
});

Deno.test("the focus goes into an opened panel and back to its key", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using mira = await joinByLink(chromium, { server, room: "focus", name: "Mira" });
  const focused = () => mira.page.evaluate(() => document.activeElement?.id ?? "");
  const isFocused = (id: string) =>
    waitFor(async () => await focused() === id, { what: `the focus on ${id}` });
  await mira.page.setViewport(desktop);
  await isFocused("stage");
  await mira.press("Chat");
  await isFocused("chat-box");
  await mira.page.keyboard.press("Escape");
  await isFocused("key-chat");
  await mira.press("People");
  await isFocused("people-title");
  await mira.press("Close");
  await isFocused("key-people");
  assert(await mira.page.$('[role="log"]') !== null, "the log stays in the page");
});
