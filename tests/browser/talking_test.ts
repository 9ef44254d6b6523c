// Talking: hold to talk, the hint while muted, the local sound, raised hands and reactions.

import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  type Peer,
  speechFile,
  startServer,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { findings } from "./axe.ts";

const desktop = { width: 1440, height: 900 };
const phone = { width: 360, height: 740, hasTouch: true, isMobile: true };
const quiet = { camera: false, microphone: false };

function isMuted({ page }: Peer): Promise<boolean> {
  return page.evaluate(() => document.querySelector('.split [aria-label="Unmute"]') !== null);
}

function shows({ page }: Peer, text: string): Promise<boolean> {
  return page.evaluate((text) => document.body.innerText.includes(text), text);
}

/** What the others are told of one's microphone: whether a tile's name says "muted". */
function soundsMuted({ page }: Peer, name: string): Promise<boolean> {
  return page.evaluate(
    (name) => document.querySelector(`[data-peer-id][aria-label="${name}"] .bad`) !== null,
    name,
  );
}

Deno.test("the space bar is held to talk, and never taken from who writes or presses a key", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, {
    server,
    room: "hold",
    name: "Ann",
    camera: false,
  });
  await using bob = await joinByLink(chromium, { server, room: "hold", name: "Bob", ...quiet });
  await waitForTiles([ann, bob], 1);
  const { page } = ann;
  await page.setViewport(desktop);
  await waitFor(() => page.$("#key-chat"), { what: "the bar" });
  // By a click, which leaves the focus on the key without anybody wishing so.
  await ann.press("Mute");
  await waitFor(() => soundsMuted(bob, "Ann"), { what: "Ann to be muted at Bob's" });
  await page.keyboard.down("Space");
  const heard = async () => [await isMuted(ann), await shows(ann, "Others can hear you")];
  await waitForValue(heard, [false, true], { what: "the microphone, and a word of it" });
  await waitForValue(() => soundsMuted(bob, "Ann"), false, { what: "Ann to be heard" });
  await page.keyboard.up("Space");
  await waitForValue(heard, [true, false], { what: "silence when the space bar is let go" });

  await page.keyboard.down("Space");
  await waitForValue(heard, [false, true], { what: "the microphone again" });
  await page.evaluate(() => dispatchEvent(new Event("blur")));
  await waitForValue(heard, [true, false], { what: "silence after leaving the page" });
  await page.keyboard.up("Space");

  // macOS reports no key that is released while Command is held.
  await page.keyboard.down("Space");
  await waitForValue(heard, [false, true], { what: "the microphone once more" });
  await page.keyboard.down("Meta");
  await waitForValue(heard, [true, false], { what: "silence from Command on" });
  await page.keyboard.up("Meta");
  await page.keyboard.up("Space");

  await ann.press("Chat");
  await page.type("#chat-box", "a b");
  assertEquals(await isMuted(ann), true);
  assertEquals(await page.$eval("#chat-box", (box) => Reflect.get(box, "value")), "a b");
  await page.keyboard.press("Escape");
  // Escape gave the focus to the chat's key, which the space bar presses for who walks by keyboard.
  await page.keyboard.down("Space");
  assertEquals(await isMuted(ann), true);
  await page.keyboard.up("Space");
  await waitFor(() => page.$(".panel-chat"), { what: "the key to be pressed" });
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("speech while muted shows a hint, from a copy that nobody hears, and can be turned off", async () => {
  await using server = await startServer();
  await using speech = await speechFile();
  await using chromium = await launchChromium({
    flags: [`--use-file-for-fake-audio-capture=${speech.path}`],
  });
  await using ann = await joinByLink(chromium, {
    server,
    room: "muted",
    name: "Ann",
    camera: false,
  });
  await using bob = await joinByLink(chromium, { server, room: "muted", name: "Bob", ...quiet });
  await waitForTiles([ann, bob], 1);
  await ann.page.setViewport(phone);
  await waitFor(() => ann.page.$(".more .bar-key:not(span)"), { what: "a phone's keys" });
  await ann.press("Mute");
  await waitFor(() => ann.page.$(".pill-key"), { what: "the hint" });
  assert(await shows(ann, "You are muted"));
  assertEquals(await findings(ann.page, "muted speech"), []);
  const sent = await ann.page.evaluate(() =>
    (globalThis.__rtc ?? []).flatMap(({ connection }) =>
      connection.getSenders().flatMap(({ track }) => track?.kind === "audio" ? [track.enabled] : [])
    )
  );
  assert(sent.length > 0 && sent.every((enabled) => !enabled), "nothing of it is sent");
  // The hint's own key is the last of that name.
  await ann.page.tap(".pill-key");
  await waitForValue(() => ann.page.$(".pill-key").then((key) => key === null), true, {
    what: "the hint to go",
  });
  await waitForValue(() => isMuted(ann), false, { what: "the microphone" });

  await ann.press("More");
  await ann.press("Microphone and speaker");
  await waitFor(() => ann.page.$("::-p-text(Only this page listens)"), { what: "the switches" });
  const toggle = (name: string) =>
    ann.page.evaluate((name) => {
      const rows = [...document.querySelectorAll(".switch-row")];
      rows.find((row) => row.textContent?.includes(name))?.querySelector("input")?.click();
    }, name);
  await toggle("Remove noise");
  await waitFor(() =>
    ann.page.evaluate(() => {
      const tracks = (globalThis.__rtc ?? []).flatMap(({ connection }) =>
        connection.getSenders().map(({ track }) => track)
      );
      const [track] = tracks.filter((track) => track?.kind === "audio");
      return track?.readyState === "live" && track.getSettings().noiseSuppression === false;
    }), { what: "the voice as it is" });
  const stored = () => ann.page.evaluate(() => localStorage.getItem("parley") ?? "");
  await toggle("Tell me when I talk");
  await waitFor(async () => (await stored()).includes('"mutedHint":false'), { what: "its memory" });
  assert((await stored()).includes('"noiseSuppression":false'));
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("the microphone test records while muted and plays back; the speaker has a test sound", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, {
    server,
    room: "test",
    name: "Ann",
    camera: false,
  });
  const { page } = ann;
  await page.setViewport(desktop);
  await page.evaluate(() => {
    const played: string[] = [];
    Reflect.set(globalThis, "played", played);
    const play = HTMLAudioElement.prototype.play;
    HTMLAudioElement.prototype.play = function () {
      played.push(this.src.slice(0, 5));
      return play.call(this);
    };
  });
  const played = () => page.evaluate(() => Reflect.get(globalThis, "played").length);
  await ann.press("Mute");
  await ann.press("Microphone and speaker");
  await ann.press("Play a test sound");
  await waitForValue(played, 1, { what: "the test sound" });
  await ann.press("Test the microphone");
  await waitFor(() => shows(ann, "Say something"), { what: "the recording" });
  await waitFor(() => shows(ann, "This is how you sound"), { what: "the playback" });
  await waitForValue(played, 2, { what: "the local voice" });
  await waitFor(() => shows(ann, "Test the microphone"), { what: "the end of it" });
  assertEquals(await isMuted(ann), true);
  assertEquals(await allComplaints([ann]), []);
});

Deno.test("raised hands have one order for everyone, late joiners included", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const join = (name: string) => joinByLink(chromium, { server, room: "hands", name, ...quiet });
  await using ann = await join("Ann");
  await using bob = await join("Bob");
  await waitForTiles([ann, bob], 1);
  for (const { page } of [ann, bob]) await page.setViewport(desktop);
  await bob.press("Hand");
  await waitFor(() => ann.page.$("[data-peer-id] .chip-hand"), { what: "Bob's hand" });
  assertEquals(await ann.page.$(".hand-number"), null, "a single hand has no number");
  await ann.press("Hand");
  await using cem = await join("Cem");
  await cem.page.setViewport(desktop);
  const order = ({ page }: Peer) =>
    page.$$eval(".chip-hand", (chips) =>
      chips.map((chip) => {
        const name = chip.closest(".tile")?.getAttribute("aria-label");
        return `${chip.getAttribute("data-hand")} ${name?.replace(" (you)", "")}`;
      }).sort());
  for (const peer of [ann, bob, cem]) {
    await waitForValue(() => order(peer), ["1 Bob", "2 Ann"], { what: "one order for everybody" });
  }
  await cem.press("People");
  const people = () =>
    cem.page.$$eval("#people li strong", (names) => names.map((name) => name.textContent));
  await waitForValue(people, ["Bob", "Ann", "Cem (you)"], { what: "the raised hands first" });
  await bob.press("Hand");
  await bob.press("Hand");
  await waitForValue(() => order(cem), ["1 Ann", "2 Bob"], { what: "Bob to be last again" });
  await ann.press("People");
  await ann.press("Lower hand");
  await waitForValue(() => order(bob), ["1 Bob"], { what: "Ann's hand to be down" });
  assertEquals(await allComplaints([ann, bob, cem]), []);
});

Deno.test("a reaction shows over its sender's tile for everyone, is announced, and expires", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const join = (name: string) => joinByLink(chromium, { server, room: "react", name, ...quiet });
  await using ann = await join("Ann");
  await using bob = await join("Bob");
  await waitForTiles([ann, bob], 1);
  await ann.page.setViewport(desktop);
  await bob.page.setViewport(phone);
  // A text-only member has the chat open, which fills the page on a phone.
  await bob.press("Close");
  await ann.page.evaluate(() => {
    const said: string[] = [];
    Reflect.set(globalThis, "said", said);
    const note = () =>
      document.querySelectorAll("[role=status]").forEach((status) =>
        said.push(status.textContent ?? "")
      );
    new MutationObserver(note).observe(document.body, {
      childList: true,
      characterData: true,
      subtree: true,
    });
  });
  await bob.press("More");
  const applause = '.reaction-row [aria-label="Applause"]';
  await waitFor(() => bob.page.$(applause), { what: "the menu" });
  await bob.page.tap(applause);
  await waitFor(() => ann.page.$('[data-peer-id] [data-reaction="applause"]'), {
    what: "Bob's applause at Ann's",
    every: 50,
  });
  await waitFor(() => bob.page.$('[data-self] [data-reaction="applause"]'), {
    what: "his own",
    every: 50,
  });
  await waitFor(
    () => ann.page.evaluate(() => Reflect.get(globalThis, "said").includes("Bob: Applause")),
    { what: "the words" },
  );
  await waitForValue(() => ann.page.$(".reaction").then((found) => found === null), true, {
    what: "it to go",
  });
  await ann.press("React");
  for (let time = 0; time < 12; time++) await ann.page.click('[aria-label="Heart"]');
  await waitFor(() => bob.page.$('[data-peer-id] [data-reaction="heart"]'), {
    what: "Ann's heart",
  });
  assert(await ann.page.$("[data-self]") !== null, "an eager one is not put out");
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("no key moves when the late ones load, and every late one is there", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using bob = await joinByLink(chromium, { server, room: "bar", name: "Bob", ...quiet });
  await using ann = await joinByLink(chromium, { server, room: "bar", name: "Ann", ...quiet });
  const { page } = ann;
  for (const size of [desktop, { width: 820, height: 1180 }]) {
    await page.setViewport(size);
    await page.evaluate(() => {
      const places: string[] = [];
      Reflect.set(globalThis, "places", places);
      const look = () => {
        const leave = document.querySelector<HTMLElement>('.bar [aria-label="Leave"]');
        if (leave !== null) places.push(`${Math.round(leave.getBoundingClientRect().left)}`);
        requestAnimationFrame(look);
      };
      look();
    });
    await waitFor(() => page.$("#key-chat"), { what: "the later keys" });
    const places = await page.evaluate(() => [...new Set(Reflect.get(globalThis, "places"))]);
    assertEquals(places.length, 1, `Leave was at ${places}`);
  }
  await page.setViewport(desktop);
  const names = await page.$$eval(
    ".bar .bar-key[aria-label]",
    (keys) =>
      keys.filter((key) => key.getBoundingClientRect().width > 0)
        .map((key) => key.getAttribute("aria-label")),
  );
  assertEquals(names, [
    "Unmute",
    "Start video",
    "Share",
    "Hand",
    "React",
    "More",
    "Leave",
    "Connections",
    "People",
    "Chat",
  ]);
  await bob.press("Leave");
});
