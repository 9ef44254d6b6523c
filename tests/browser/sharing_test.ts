// Sharing a screen: what is asked of the browser, how it is sent, what the sharer sees, and every
// way it ends.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  type Peer,
  startServer,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { findings } from "./axe.ts";

const desktop = { width: 1440, height: 900 };
// A tab is small and light; a fake monitor has four times 1920×1080.
const tab = "--use-fake-device-for-media-stream=display-media-type=browser";
const quiet = { camera: false, microphone: false };

/**
 * How the shared screen is sent, once for each link that carries it. A machine that has much to do
 * sends less than the most (bit/s), and never more.
 */
function sending({ page }: Peer, most: number): Promise<string[]> {
  return page.evaluate(
    (most) =>
      (globalThis.__rtc ?? []).flatMap(({ connection }) =>
        connection.getSenders().flatMap((sender) => {
          const hint = sender.track?.contentHint;
          if (!hint || sender.track?.readyState !== "live") return [];
          const { encodings: [encoding], degradationPreference } = sender.getParameters();
          const { frameRate } = sender.track.getSettings();
          const { maxBitrate = Infinity, maxFramerate = Infinity } = encoding ?? {};
          const within = maxBitrate <= most && maxFramerate <= (frameRate ?? 0);
          return [`${hint} ${degradationPreference} ${frameRate} ${within ? "within" : "above"}`];
        })
      ),
    most,
  );
}

/** Bit/s that all links together may carry of it. */
function allowed({ page }: Peer): Promise<number> {
  return page.evaluate(() =>
    (globalThis.__rtc ?? []).flatMap(({ connection }) => connection.getSenders())
      .filter(({ track }) => track?.contentHint && track.readyState === "live")
      .map((sender) => sender.getParameters().encodings[0]?.maxBitrate ?? Infinity)
      .reduce((sum, bitrate) => sum + bitrate, 0)
  );
}

const text = "detail maintain-resolution 15 within";
const motion = "motion maintain-framerate 30 within";

/** Whose screens a page shows, and whether each is a moving picture. */
function screens({ page }: Peer): Promise<number> {
  return page.$$eval(
    "[data-screen-of] video",
    (videos) =>
      videos.filter((video) => video instanceof HTMLVideoElement && video.videoWidth > 0).length,
  );
}

/** The pixels of the shared screen across. */
function screenWidth({ page }: Peer): Promise<number> {
  return page.$eval(
    "[data-screen-of] video",
    (video) => video instanceof HTMLVideoElement ? video.videoWidth : 0,
  );
}

/** The width of a screen that the page has last asked others for; 0 before it asks. */
async function watchWants({ page }: Peer): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const { send } = RTCDataChannel.prototype;
    Reflect.set(RTCDataChannel.prototype, "send", function (this: RTCDataChannel, data: unknown) {
      const message = JSON.parse(String(data));
      if (message.type === "watch") Reflect.set(globalThis, "wanted", message.screen.width);
      Reflect.apply(send, this, [data]);
    });
  });
  return () => page.evaluate(() => Reflect.get(globalThis, "wanted") ?? 0);
}

async function waitForToast({ page }: Peer, title: string): Promise<void> {
  await waitFor(
    () =>
      page.$$eval(
        ".toast strong",
        (all, title) => all.some((it) => it.textContent === title),
        title,
      ),
    { what: `the words "${title}"` },
  );
}

/** Records what the page asks the browser's picker for. */
async function watchPicker({ page }: Peer): Promise<() => Promise<DisplayMediaStreamOptions[]>> {
  await page.evaluate(() => {
    const asked: unknown[] = [];
    Reflect.set(globalThis, "asked", asked);
    const { mediaDevices } = navigator;
    const original = mediaDevices.getDisplayMedia.bind(mediaDevices);
    mediaDevices.getDisplayMedia = (options) => {
      asked.push(options);
      return original(options);
    };
  });
  return () => page.evaluate(() => Reflect.get(globalThis, "asked"));
}

Deno.test("a shared tab is sent as text, switches to motion without asking again, and is named a tab", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium({ flags: [tab] });
  await using ann = await joinByLink(chromium, { server, room: "share", name: "Ann", ...quiet });
  await using bob = await joinByLink(chromium, { server, room: "share", name: "Bob", ...quiet });
  await using cem = await joinByLink(chromium, { server, room: "share", name: "Cem", ...quiet });
  await waitForTiles([ann, bob, cem], 2);
  await ann.page.setViewport(desktop);
  const wanted = await watchWants(bob);
  for (const { page } of [bob, cem]) await page.setViewport(desktop);
  await waitFor(async () => await wanted() > 1_000, {
    what: "Bob to want a large screen before there is one",
  });
  const asked = await watchPicker(ann);
  await ann.press("Share");
  await waitForValue(() => sending(ann, 2_500_000), [text, text], { what: "text to both" });
  const [options] = await asked();
  assertEquals(Reflect.get(options ?? {}, "selfBrowserSurface"), "exclude");
  assertEquals(Reflect.get(options ?? {}, "surfaceSwitching"), "include");
  await waitFor(() => ann.page.$("::-p-text(You are sharing a tab with 2 people)"), {
    what: "what is shared, and with whom",
  });
  await waitForValue(() => Promise.all([ann, bob, cem].map(screens)), [1, 1, 1], {
    what: "the tab at everybody's",
  });
  await waitForValue(() => screenWidth(bob), desktop.width, { what: "every pixel of it" });
  assertEquals(await findings(ann.page, "sharing"), []);
  await ann.press("Motion");
  await waitForValue(() => sending(ann, 4_000_000), [motion, motion], { what: "motion to both" });
  assertEquals((await asked()).length, 1);

  // A late one gets it by the same rule, and the next share remembers.
  await using dia = await joinByLink(chromium, { server, room: "share", name: "Dia", ...quiet });
  await dia.page.setViewport(desktop);
  const all = [motion, motion, motion];
  await waitForValue(() => sending(ann, 4_000_000), all, { what: "Dia's share" });
  await waitFor(async () => await allowed(ann) <= 8_000_000, {
    what: "all three within what one line is thought to carry",
  });
  await waitForValue(() => screens(dia), 1, { what: "the tab at Dia's" });
  await ann.press("Change");
  await waitForValue(async () => (await asked()).length, 2, { what: "another picker" });
  await waitForValue(() => sending(ann, 4_000_000), all, { what: "the next share" });
  await ann.press("Stop sharing");
  await waitForValue(() => Promise.all([ann, bob, cem, dia].map(screens)), [0, 0, 0, 0], {
    what: "the end at everybody's",
  });
  assertEquals(await allComplaints([ann, bob, cem, dia]), []);
});

Deno.test("two share at once; the browser's own bar ends one cleanly, and a minimised window says so", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium({ flags: [tab] });
  await using ann = await joinByLink(chromium, { server, room: "both", name: "Ann", ...quiet });
  await using bob = await joinByLink(chromium, { server, room: "both", name: "Bob", ...quiet });
  await waitForTiles([ann, bob], 1);
  for (const { page } of [ann, bob]) await page.setViewport(desktop);
  await ann.press("Share");
  await waitForValue(() => screens(bob), 1, { what: "Ann's tab at Bob's" });
  await bob.press("Share");
  await waitForValue(() => Promise.all([screens(ann), screens(bob)]), [2, 2], { what: "both" });
  assertEquals((await bob.page.$$(".share-strip")).length, 1, "for the local share only");

  const act = (kind: "mute" | "unmute" | "ended") =>
    ann.page.$eval("[data-screen-of]:has(.share-strip) video", (video, kind) => {
      const [track] = video instanceof HTMLVideoElement && video.srcObject instanceof MediaStream
        ? video.srcObject.getTracks()
        : [];
      if (track === undefined) throw new Error("there is no own screen");
      // What the browser does itself when a window is minimised, or its own bar is used.
      Object.defineProperty(track, "muted", { value: kind === "mute", configurable: true });
      if (kind === "ended") track.stop();
      track.dispatchEvent(new Event(kind));
    }, kind);
  await act("mute");
  await waitFor(() => ann.page.$("::-p-text(nothing to show right now)"), { what: "a word of it" });
  await act("unmute");
  await waitForValue(() => ann.page.$(".share-paused").then((found) => found === null), true, {
    what: "the picture again",
  });
  await act("ended");
  await waitForValue(() => Promise.all([screens(ann), screens(bob)]), [1, 1], {
    what: "Bob's share alone",
  });
  await waitFor(() => ann.page.$('.bar [aria-label="Share"]'), {
    what: "the key to offer it again",
  });
  await waitForToast(ann, "Your screen is no longer shared");
  await waitForToast(bob, "Ann stopped sharing");
  await bob.press("Leave");
  await waitForValue(() => screens(ann), 0, { what: "Bob's share to go with him" });
  await waitForToast(ann, "Bob’s screen is gone");
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("a shared tab's sound reaches the others, and its switch silences it alone", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium({ flags: [tab] });
  await using ann = await joinByLink(chromium, { server, room: "sound", name: "Ann", ...quiet });
  await using bob = await joinByLink(chromium, { server, room: "sound", name: "Bob", ...quiet });
  await waitForTiles([ann, bob], 1);
  await ann.page.setViewport({ width: 820, height: 1180 });
  await ann.press("Close");
  await ann.press("Share");
  await waitFor(() => ann.page.$('.strip-key[title="Sound"]'), { what: "the sound's switch" });
  const sounds = () =>
    ann.page.evaluate(() =>
      (globalThis.__rtc ?? []).flatMap(({ connection }) =>
        connection.getSenders().flatMap(({ track }) =>
          track?.kind === "audio" ? [track.enabled] : []
        )
      )
    );
  await waitForValue(sounds, [true], { what: "the sound's track" });
  await ann.page.click('.strip-key[title="Sound"]');
  await waitForValue(sounds, [false], { what: "silence" });
  assertEquals(await screens(ann), 1);
  await waitFor(() => ann.page.$('.strip-key[aria-pressed="false"]'), {
    what: "the key to say so",
  });
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("a refused picker leaves everything as it was", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium({ flags: ["--use-fake-ui-for-media-stream=deny"] });
  await using ann = await joinByLink(chromium, { server, room: "deny", name: "Ann", ...quiet });
  await ann.page.setViewport(desktop);
  const asked = await watchPicker(ann);
  await ann.press("Share");
  await waitForValue(async () => (await asked()).length, 1, { what: "the picker" });
  await waitFor(() => ann.page.$('.bar [aria-label="Share"]'), { what: "the key" });
  assertEquals([await screens(ann), await ann.page.$(".share-strip")], [0, null]);
  assertEquals(await ann.page.$("::-p-text(could not be shared)"), null);
});
