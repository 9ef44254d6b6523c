// How one looks at a call: views, pins, menus of tiles, small windows, full screen, and fingers
// instead of a pointer.

import type { Page } from "puppeteer-core";
import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  lightCamera,
  type Peer,
  startServer,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { openMenu } from "./tile_menu.ts";

const desktop = { width: 1440, height: 900 };
const phone = { width: 360, height: 740, hasTouch: true, isMobile: true };

/** Whose tile is the largest by its label; "equal" where the largest two are alike. */
function largest({ page }: Peer): Promise<string> {
  return page.$$eval(".stage-area > .tile", (tiles) => {
    const sizes = tiles.filter((tile) => getComputedStyle(tile).visibility === "visible")
      .map((tile) => ({
        label: tile.getAttribute("aria-label") ?? "",
        area: tile.clientWidth * tile.clientHeight,
      })).sort((a, b) => b.area - a.area);
    const [first, second] = sizes;
    return first === undefined || first.area === second?.area ? "equal" : first.label;
  });
}

function waitForLarge(peer: Peer, label: string): Promise<void> {
  return waitForValue(() => largest(peer), label, { what: `${label} to be large` });
}

async function openMore(peer: Peer): Promise<void> {
  await peer.press("More");
  await waitFor(() => peer.page.$(".more-menu .view-choice"), { what: "the views under More" });
}

function focusLabel(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
}

/**
 * Marks every picture of the stage, to know later that it was never made anew and always played.
 */
async function markPictures({ page }: Peer): Promise<() => Promise<boolean>> {
  await page.$$eval(".stage-area video", (videos) => {
    for (const video of videos) {
      video.dataset.marked = "yes";
      for (const event of ["emptied", "pause"]) {
        video.addEventListener(event, () => video.dataset.marked = event);
      }
    }
  });
  return () =>
    page.$$eval(
      ".stage-area video",
      (videos) => videos.every((video) => video.dataset.marked === "yes"),
    );
}

Deno.test("speaker view, pins and the menu of a tile, with four people at a desk", async () => {
  await using server = await startServer();
  await using camera = await lightCamera();
  await using chromium = await launchChromium({ flags: camera.flags });
  const silent = { camera: false, microphone: false, server, room: "views" };
  await using ann = await joinByLink(chromium, { ...silent, name: "Ann" });
  await ann.page.setViewport(desktop);
  await using cem = await joinByLink(chromium, { ...silent, name: "Cem" });
  await using bob = await joinByLink(chromium, { ...silent, name: "Bob", microphone: true });
  await using dia = await joinByLink(chromium, { ...silent, name: "Dia", camera: true });
  await waitForTiles([ann], 3);
  await waitForLarge(ann, "equal");

  await openMore(ann);
  await ann.press("Speaker");
  await waitForLarge(ann, "Bob");
  await ann.page.keyboard.press("Escape");

  await openMenu(ann, "Dia");
  await waitForValue(
    () => ann.page.evaluate(() => document.activeElement?.textContent),
    "Pin",
    { what: "the focus in the menu" },
  );
  await ann.page.keyboard.press("Enter");
  await waitForLarge(ann, "Dia");
  await waitForValue(() => focusLabel(ann.page), "Options for Dia", { what: "the focus back" });
  await openMenu(ann, "Cem");
  await ann.press("Pin");
  await waitForLarge(ann, "Cem");
  await cem.press("Leave");
  await waitForLarge(ann, "Bob");

  const sound = () =>
    ann.page.$$eval("[data-voice-of]", (voices) =>
      voices.map((voice) => {
        const audio = voice.querySelector("audio");
        return audio === null ? [] : [audio.volume, audio.muted];
      }));
  await openMenu(ann, "Bob");
  await ann.page.focus(".volume-row input");
  await ann.page.keyboard.press("Home");
  await ann.page.keyboard.press("ArrowRight");
  await ann.press("Mute for me");
  await waitForValue(sound, [[0.05, true], [1, false]], { what: "Bob to be turned down" });
  await ann.page.keyboard.press("Escape");
  await waitForValue(() => focusLabel(ann.page), "Options for Bob", { what: "the focus back" });
  await ann.page.reload();
  await waitForLarge(ann, "Bob");
  assertEquals(await allComplaints([ann, bob, dia]), []);
});

/** What the small window of the call shows; undefined: there is none. */
function smallWindow(page: Page): Promise<string[] | undefined> {
  return page.evaluate(() => {
    const windows: unknown = Reflect.get(globalThis, "documentPictureInPicture");
    const opened: unknown = typeof windows === "object" && windows !== null &&
      Reflect.get(windows, "window");
    if (typeof opened !== "object" || opened === null || !("document" in opened)) return undefined;
    const { document } = opened as Window;
    const seen = [...document.querySelectorAll("article")].map((tile) =>
      `${tile.getAttribute("aria-label")} ${tile.querySelector("video")?.videoWidth}`
    );
    const keys = [...document.querySelectorAll("button")].map((key) =>
      key.getAttribute("aria-label") ?? ""
    );
    return [...seen, ...keys];
  });
}

Deno.test("a small window and full screen leave the page's pictures alone and end with the call", async () => {
  await using server = await startServer();
  await using camera = await lightCamera();
  await using chromium = await launchChromium({ flags: camera.flags });
  const person = { microphone: false, server, room: "window" };
  await using ann = await joinByLink(chromium, { ...person, name: "Ann" });
  await ann.page.setViewport(desktop);
  await using bob = await joinByLink(chromium, { ...person, name: "Bob" });
  await waitFor(async () => (await ann.media()).some(({ videoWidth }) => videoWidth > 0), {
    what: "Bob's picture",
  });
  const untouched = await markPictures(ann);
  await openMore(ann);
  await ann.press("Picture-in-picture");
  const wanted = ["Bob 320", "Unmute", "Stop video", "Leave"];
  await waitForValue(() => smallWindow(ann.page), wanted, { what: "the small window" });
  await openMore(ann);
  await ann.press("Full screen");
  const full = () => ann.page.evaluate(() => document.fullscreenElement?.localName);
  await waitForValue(full, "html", { what: "the room to fill the screen" });
  await openMore(ann);
  await ann.press("Exit full screen");
  await waitForValue(full, undefined, { what: "full screen to end" });
  await openMenu(ann, "Bob");
  await ann.press("Full screen");
  await waitForValue(full, "article", { what: "Bob's tile to fill the screen" });
  await ann.press("Exit full screen");
  assert(await untouched(), "no picture was made anew or stood still");

  await openMenu(ann, "Bob");
  await ann.press("Picture-in-picture");
  const small = () => ann.page.evaluate(() => document.pictureInPictureElement?.className);
  await waitForValue(small, "window-source", { what: "Bob's picture in a small window" });
  await waitForValue(() => smallWindow(ann.page), undefined, { what: "one window at a time" });
  assert(await untouched(), "the tile goes on beside its small window");
  await openMore(ann);
  await ann.press("Picture-in-picture");
  await waitForValue(() => smallWindow(ann.page), wanted, { what: "the call's window again" });
  await ann.press("Leave");
  await waitForValue(() => smallWindow(ann.page), undefined, { what: "the window to close" });
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("a shared screen is large, is seen point by point, and is stopped from its own tile", async () => {
  await using server = await startServer();
  await using camera = await lightCamera();
  await using chromium = await launchChromium({ flags: camera.flags });
  const silent = { camera: false, microphone: false, server, room: "screen" };
  await using ann = await joinByLink(chromium, { ...silent, name: "Ann" });
  await using bob = await joinByLink(chromium, { ...silent, name: "Bob" });
  for (const { page } of [ann, bob]) await page.setViewport(desktop);
  await bob.press("Share");
  await waitForLarge(ann, "Bob’s screen");
  await openMenu(ann, "Bob’s screen");
  await ann.press("Actual size");
  const screen = () =>
    ann.page.$eval("[data-screen-of] video", ({ videoWidth, clientWidth, offsetLeft }) => {
      return { fits: videoWidth > 0 && videoWidth === clientWidth, offsetLeft };
    });
  await waitFor(async () => (await screen()).fits, { what: "one point on one point" });
  await openMenu(ann, "Bob’s screen");
  await ann.press("Fit to tile");
  await waitForValue(async () => (await screen()).offsetLeft, 0, { what: "the screen to fit" });
  await openMenu(ann, "Bob");
  await ann.press("Pin");
  await waitForLarge(ann, "Bob");
  await ann.press("Unpin Bob");
  await waitForLarge(ann, "Bob’s screen");
  await bob.page.click(".strip-stop");
  await waitForValue(() => ann.page.$("[data-screen-of]").then((tile) => tile === null), true, {
    what: "the screen to go",
  });
  assertEquals(await allComplaints([ann, bob]), []);
});

/** The corner in which the self-view lies. */
function corner({ page }: Peer): Promise<string | undefined> {
  return page.evaluate(() => {
    const tile = document.querySelector<HTMLElement>("[data-self].inset");
    const area = document.querySelector(".stage-area")?.getBoundingClientRect();
    const box = tile?.getBoundingClientRect();
    if (!area || !box) return undefined;
    const [right, low] = [area.right - box.right, area.bottom - box.bottom];
    if (Math.min(right, box.left - area.left) !== 12 || Math.min(low, box.top - area.top) !== 12) {
      return "on its way";
    }
    return `${low === 12 ? "bottom" : "top"} ${right === 12 ? "right" : "left"}`;
  });
}

Deno.test("on a phone the own tile is moved, hidden and shown, and the camera switched", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium({
    flags: ["--use-fake-device-for-media-stream=device-count=2,fps=10"],
  });
  const room = { microphone: false, server, room: "phone" };
  await using bob = await joinByLink(chromium, { ...room, name: "Bob", camera: false });
  await using ann = await joinByLink(chromium, { ...room, name: "Ann" });
  await ann.page.setViewport(phone);
  const isIn = (wanted: string) =>
    waitForValue(() => corner(ann), wanted, { what: `the self-view to be ${wanted}` });
  await isIn("bottom right");
  const grip = await waitFor(() => ann.page.$(".inset-grip"), { what: "the inset's grip" });
  const box = await grip.boundingBox();
  assert(box !== null);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const finger = await ann.page.touchscreen.touchStart(x, y);
  await finger.move(x - 60, y - 100);
  await finger.move(x - 200, y - 320);
  await finger.end();
  await isIn("top left");
  await grip.focus();
  await ann.page.keyboard.press("ArrowDown");
  await isIn("bottom left");
  await ann.page.keyboard.press("ArrowRight");
  await isIn("bottom right");
  await ann.page.keyboard.press("ArrowUp");
  await isIn("top right");
  await ann.page.reload();
  await isIn("top right");

  const device = () =>
    ann.page.$eval("[data-self] video", (video) => {
      const { srcObject } = video;
      const [track] = srcObject instanceof MediaStream ? srcObject.getVideoTracks() : [];
      return track?.getSettings().deviceId;
    });
  const before = await waitFor(device, { what: "the local picture" });
  await ann.press("Switch camera");
  await waitFor(async () => ![before, undefined].includes(await device()), {
    what: "the other camera",
  });

  await ann.page.tap("[data-peer-id]");
  const key = await waitFor(() => ann.page.$(".touched .tile-key"), { what: "the tapped tile" });
  const isThere = () => key.evaluate((key) => getComputedStyle(key).opacity === "1");
  await waitFor(isThere, { what: "the key of its menu" });
  await openMenu(ann, "Ann (you)");
  const low = await ann.page.$$eval(
    ".tile-menu button, .strip-pager button, .show-self",
    (keys) => keys.filter(({ clientHeight }) => clientHeight < 44).length,
  );
  assertEquals(low, 0, "every key is high enough for a finger");
  await ann.press("Hide my video");
  await waitForValue(() => corner(ann), undefined, { what: "the self-view to be hidden" });
  await ann.press("Show my video");
  await isIn("top right");
  assertEquals(await allComplaints([ann, bob]), []);
});
