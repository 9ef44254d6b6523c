// Getting in: who is inside, devices that are tried, fail, come and go, inviting others, and the
// page at the end.

import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  type LaunchedBrowser,
  launchFirefox,
  openPeer,
  type Peer,
  type RunningServer,
  startServer,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";

const phone = { width: 360, height: 740, hasTouch: true, isMobile: true };
const writer = { camera: false, microphone: false };

/** Text of the first element that matches, as a person reads it. */
function textOf({ page }: Peer, selector: string): Promise<string> {
  return page.evaluate(
    (selector) => document.querySelector<HTMLElement>(selector)?.innerText.trim() ?? "",
    selector,
  );
}

function waitForText(peer: Peer, selector: string, text: string): Promise<void> {
  return waitForValue(() => textOf(peer, selector), text, { what: `"${text}"` });
}

/**
 * Waits until the other person's tile bears the name; marks for the microphone and the camera stand
 * behind it.
 */
async function waitForName(peer: Peer, name: string): Promise<void> {
  const told = async () => (await textOf(peer, "[data-peer-id] .plate")).split("\n")[0];
  await waitForValue(told, name, { what: `${name}'s tile` });
}

/**
 * Waits until the page before joining says so; asking it to look again each time, instead of in
 * five seconds.
 */
function waitForInside(peer: Peer, text: string): Promise<void> {
  return waitForValue(
    async () => {
      await peer.page.evaluate(() => dispatchEvent(new Event("online")));
      return await textOf(peer, ".inside");
    },
    text,
    { what: `"${text}"` },
  );
}

/** A page whose scripts find something else in the browser than there is. */
async function openWith<Argument>(
  browser: LaunchedBrowser,
  { url, prepare, argument }: {
    url: string;
    prepare: (argument: Argument) => void;
    argument: Argument;
  },
): Promise<Peer> {
  const peer = await openPeer(browser, new URL("/away.html", url).href);
  await peer.page.evaluateOnNewDocument(prepare, argument);
  await peer.page.goto(url);
  return peer;
}

Deno.test("who is inside is shown before joining, and kept fresh, on a phone too", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using bob = await openPeer(chromium, `${server.url}/away.html`);
  await bob.page.setViewport(phone);
  await bob.page.goto(server.room("tea"));
  await waitForInside(bob, "Nobody is here yet");
  const ann = await joinByLink(chromium, { server, room: "tea", name: "Ann", ...writer });
  await waitForInside(bob, "A\nAnn is inside");
  await using cem = await joinByLink(chromium, { server, room: "tea", name: "Cem", ...writer });
  await waitForInside(bob, "A\nC\nAnn and Cem are inside");
  await ann.close();
  await waitForInside(bob, "C\nCem is inside");
  await waitFor(() => bob.page.$(".take-key"), { what: "the way to take a call over" });
  const name = await waitFor(() => bob.page.$('input[name="name"]'), { what: "the name's field" });
  const covers = await name.evaluate((field) => {
    const { left, top, width, height } = field.getBoundingClientRect();
    const found = document.elementFromPoint(left + width / 2, top + height / 2);
    return found === field ? undefined : found?.className;
  });
  assertEquals(covers, undefined, "nothing lies over the name's field");
  await name.tap();
  await name.type("Bob");
  const join = await waitFor(() => bob.page.$(".ways-in .primary"), { what: "the way in" });
  assert(await join.isIntersectingViewport(), "the way in is in the thumb's reach");
  await join.tap();
  await waitForTiles([cem, bob], 1);
  await waitForName(cem, "Bob");
  assertEquals(await allComplaints([bob, cem]), []);
});

Deno.test("a hidden page does not ask who is inside", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using bob = await openWith(chromium, {
    url: server.room("tea"),
    prepare: () => {
      // Every wait is over at once: what is not asked now is never asked.
      const { setTimeout: later } = globalThis;
      Reflect.set(
        globalThis,
        "setTimeout",
        (work: () => void, ms: number) => later(work, ms / 100),
      );
      Reflect.set(globalThis, "asked", 0);
      const { fetch } = globalThis;
      Reflect.set(globalThis, "fetch", (...given: Parameters<typeof fetch>) => {
        Reflect.set(globalThis, "asked", Reflect.get(globalThis, "asked") + 1);
        return fetch(...given);
      });
    },
    argument: undefined,
  });
  const asked = () => bob.page.evaluate(() => Number(Reflect.get(globalThis, "asked")));
  const show = (hidden: boolean) =>
    bob.page.evaluate((hidden) => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  await waitFor(async () => await asked() > 3, { what: "the page to ask again and again" });
  await show(true);
  await waitForText(bob, ".inside", "Nobody is here yet");
  const before = await asked();
  await using ann = await joinByLink(chromium, { server, room: "tea", name: "Ann", ...writer });
  await waitFor(() => ann.page.$("[data-self]"), { what: "Ann to be there" });
  // One question may have been on its way; after it there would have been dozens by now.
  assert(await asked() <= before + 1, "a hidden page asks nothing");
  await show(false);
  await waitForText(bob, ".inside", "A\nAnn is inside");
});

Deno.test("speaker and microphone can be tried before joining, on the chosen speaker", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await openWith(chromium, {
    url: server.room("tea"),
    prepare: () => {
      const sinks: string[] = [];
      Reflect.set(globalThis, "sinks", sinks);
      const { setSinkId } = HTMLMediaElement.prototype;
      HTMLMediaElement.prototype.setSinkId = function (id: string) {
        sinks.push(id);
        return setSinkId.call(this, id);
      };
    },
    argument: undefined,
  });
  const speaker = 'select[aria-label="Speaker"]:enabled';
  const last = await waitFor(
    () => ann.page.$eval(speaker, (select) => [...select.querySelectorAll("option")].at(-1)?.value),
    { what: "a speaker to choose" },
  );
  await ann.page.select(speaker, last);
  await ann.press("Test the speaker");
  await waitForText(ann, ".trial p", "You should hear three notes now.");
  await waitForText(
    ann,
    ".trial p",
    "Heard nothing? Turn up the volume or choose another speaker.",
  );
  await ann.press("Test the microphone");
  await waitForText(ann, ".trial p", "Say something. You are being recorded.");
  await waitFor(() => ann.page.$(".trial progress"), { what: "how far it is" });
  await waitForText(ann, ".trial p", "This is how others hear you.");
  await ann.press("Stop the test");
  await waitForText(ann, ".trial p", "Heard nothing? Choose another microphone or speaker.");
  assertEquals(await ann.page.evaluate(() => Reflect.get(globalThis, "sinks")), [last, last]);
  assertEquals(await allComplaints([ann]), []);
});

Deno.test("a refusal is explained, and a permission given later starts the devices by itself", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium({ heedsPermissions: true });
  await using ann = await openPeer(chromium, `${server.url}/away.html`);
  const permit = async (state: "denied" | "granted") => {
    for (const name of ["camera", "microphone"] as const) {
      await ann.page.browserContext().setPermission(server.url, { permission: { name }, state });
    }
  };
  await permit("denied");
  await ann.page.goto(server.room("tea"));
  await waitForText(
    ann,
    ".preview-trouble h2",
    "Your browser is not letting this page use the camera and the microphone",
  );
  assert((await textOf(ann, ".preview-trouble p")).includes("address bar"), "the way out is told");
  await waitForText(ann, ".ways-in .primary", "Join and listen");
  await permit("granted");
  await waitFor(() => ann.page.$(".preview video"), { what: "the local picture" });
  await waitForText(ann, ".ways-in .primary", "Join with camera and microphone");
});

/** Devices that a test plugs in and pulls out; what the browser has itself is not seen. */
function pluggable(): void {
  const plugged = new Set<string>(["Built-in microphone"]);
  const { mediaDevices } = navigator;
  const real = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = (constraints = {}) => {
    const wants = constraints.video === undefined ? "microphone" : "camera";
    const there = [...plugged].some((label) => label.includes(wants));
    return there
      ? real(constraints.video === undefined ? { audio: true } : { video: true })
      : Promise.reject(new DOMException("none", "NotFoundError"));
  };
  mediaDevices.enumerateDevices = () =>
    Promise.resolve([...plugged].map((label): MediaDeviceInfo => ({
      label,
      deviceId: label,
      groupId: "",
      kind: label.includes("camera") ? "videoinput" : "audioinput",
      toJSON: () => ({}),
    })));
  Reflect.set(globalThis, "plug", (label: string, there: boolean) => {
    if (there) plugged.add(label);
    else plugged.delete(label);
    mediaDevices.dispatchEvent(new Event("devicechange"));
  });
}

Deno.test("a connected camera is reported, can be chosen, and starts if there was none", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const url = server.room("tea");
  await using ann = await openWith(chromium, { url, prepare: pluggable, argument: undefined });
  const plug = (label: string, there: boolean) =>
    ann.page.evaluate(
      (label, there) => Reflect.get(globalThis, "plug")(label, there),
      label,
      there,
    );
  await waitForText(ann, ".preview-trouble h2", "No camera found");
  await plug("Desk camera", true);
  await waitForText(ann, ".trial p", "Connected: Desk camera.");
  await waitFor(() => ann.page.$(".preview video"), { what: "the local picture" });
  await plug("Headset microphone", true);
  await waitForText(ann, ".trial p", "Connected: Headset microphone.");
  const choices = () =>
    ann.page.$$eval(
      'select[aria-label="Microphone"] option',
      (all) => all.map(({ textContent }) => textContent),
    );
  const both = ["Built-in microphone", "Headset microphone"];
  await waitForValue(choices, both, { what: "the headset among the choices" });
  await plug("Headset microphone", false);
  await waitForText(ann, ".trial p", "Disconnected: Headset microphone.");
  await waitForValue(choices, ["Built-in microphone"], { what: "it to go again" });
  assertEquals(await allComplaints([ann]), []);
});

/** Links that were shared by the system's own sheet. */
function noteShares(): void {
  const shared: unknown[] = [];
  Reflect.set(globalThis, "shared", shared);
  Reflect.set(navigator, "share", (what: unknown) => {
    shared.push(what);
    return Promise.resolve();
  });
}

Deno.test("a person alone shares the link by QR code, share sheet and email", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const url = server.room("茶-tea", { name: "Ann", join: "1", camera: "0" });
  await using ann = await openWith(chromium, { url, prepare: noteShares, argument: undefined });
  await ann.page.setViewport({ width: 1440, height: 900 });
  const code = await waitFor(() => ann.page.$(".invitation svg.qr path"), { what: "the code" });
  assert((await code.evaluate((path) => path.getAttribute("d") ?? "")).length > 500);
  const colours = await ann.page.$eval(".invitation .qr", (drawing) => {
    const { backgroundColor, fill } = getComputedStyle(drawing);
    return [backgroundColor, fill];
  });
  assertEquals(colours, ["rgb(255, 255, 255)", "rgb(12, 17, 16)"], "dark on white in every theme");
  await ann.press("Share…");
  const shared = await ann.page.evaluate(() => Reflect.get(globalThis, "shared"));
  assertEquals(shared, [{ url: `${server.url}/r/${encodeURIComponent("茶-tea")}` }]);
  const mail = await ann.page.$eval(".invitation a", (link) => link.getAttribute("href") ?? "");
  assert(mail.startsWith("mailto:?subject="), mail);
  assert(decodeURIComponent(mail).includes(`${server.url}/r/`), mail);
  assertEquals(await allComplaints([ann]), []);
});

Deno.test("others can be invited later: from the people panel, and on a phone under More", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "tea", name: "Ann", ...writer });
  await using bob = await joinByLink(chromium, { server, room: "tea", name: "Bob", ...writer });
  await bob.page.setViewport(phone);
  await waitForTiles([ann, bob], 1);
  const isFocused = (peer: Peer, id: string) =>
    waitForValue(() => peer.page.evaluate(() => document.activeElement?.id), id, {
      what: `the focus on ${id}`,
    });
  await ann.press("People");
  await ann.press("Invite");
  await isFocused(ann, "invite-title");
  await waitFor(() => ann.page.$("#invite svg.qr"), { what: "the code" });
  await ann.page.keyboard.press("Escape");
  await waitFor(async () => await ann.page.$("#invite") === null, { what: "the panel to go" });
  await isFocused(ann, "key-people");

  await bob.press("Close");
  await bob.press("More");
  await bob.press("Invite");
  await isFocused(bob, "invite-title");
  await waitFor(() => bob.page.$("#invite svg.qr"), { what: "the code" });
  await waitFor(async () => await bob.page.$(".more-menu") === null, { what: "the menu to go" });
  await bob.press("Close");
  assertEquals(await allComplaints([ann, bob]), []);
});

async function members(server: RunningServer): Promise<number> {
  return (await (await fetch(`${server.url}/healthz`)).json()).peers;
}

Deno.test("a visit's end leads on by keyboard, and a full room lets in who tries again", async () => {
  await using server = await startServer({ args: ["--room-capacity", "2"] });
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "tea", name: "Ann", ...writer });
  await using bob = await joinByLink(chromium, { server, room: "tea", name: "Bob", ...writer });
  await waitForTiles([ann, bob], 1);
  await using cem = await joinByLink(chromium, { server, room: "tea", name: "Cem", ...writer });
  await waitForText(cem, "h1", "This room is full");
  await bob.press("Leave");
  await waitForText(bob, "h1", "You left the room");
  const focused = () => bob.page.evaluate(() => document.activeElement?.tagName);
  await waitForValue(focused, "H1", { what: "the focus on the heading" });
  await cem.press("Try again");
  await waitForTiles([ann, cem], 1);
  await cem.press("Leave");
  await waitForValue(() => members(server), 1, { what: "one to be left" });
  await bob.page.keyboard.press("Tab");
  await bob.page.keyboard.press("Enter");
  await waitForTiles([ann, bob], 1);
  await bob.press("Leave");
  await bob.press("Go to the home page");
  await waitFor(() => new URL(bob.page.url()).pathname === "/", { what: "the start page" });
});

Deno.test("Firefox sees who is inside and joins from the page before", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using firefox = await launchFirefox();
  await using ann = await joinByLink(chromium, { server, room: "tea", name: "Ann", ...writer });
  await waitFor(() => ann.page.$("[data-self]"), { what: "Ann to be there" });
  await using bob = await openPeer(firefox, server.room("tea"));
  await waitForText(bob, ".inside", "A\nAnn is inside");
  await waitFor(() => bob.page.$(".preview video"), { what: "the local picture" });
  await bob.press("Test the speaker");
  // A machine without any speaker gets the one or the other, and never waits for ever.
  await waitFor(async () => /^(Heard|No sound)/.test(await textOf(bob, ".trial p")), {
    what: "the end of the test",
  });
  await bob.page.type('input[name="name"]', "Bob");
  await bob.press("Join with camera and microphone");
  await waitForTiles([ann, bob], 1);
  await waitForName(ann, "Bob");
});
