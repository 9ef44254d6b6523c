/** Every screen, and how to get there. */
import { closeCode, type CloseReason } from "../../protocol/codes.ts";
import { makeFile, waitFor } from "../../tests/rig/mod.ts";
import { cast } from "./actor.ts";
import { captionScreens } from "./caption_screens.ts";
import { dialogScreens } from "./dialog_screens.ts";
import type { Studio } from "./studio.ts";
import { type Scene, type Screen, shutAll } from "./scenes.ts";
import { trustScreens } from "./trust_screens.ts";
import type { SizeName } from "./wanted.ts";

/** A separate page; it is ready when the selector `ready` matches. */
function around(
  name: string,
  { path, ready, before, people = 0 }: {
    path: (studio: Studio) => string;
    ready: string;
    before?: () => void;
    people?: number;
  },
): Screen {
  const stage = async (studio: Studio) => {
    const { url } = studio.server.current;
    const peer = await studio.open(`${url}${path(studio)}`, undefined, before);
    await waitFor(() => peer.page.$(ready), { what: ready });
    return { page: peer.page, end: () => peer.close() };
  };
  return { name, people, stage };
}

/** Runs in the page: a browser with earlier visits. */
function rememberRooms(): void {
  const visits = ["quiet-harbor-7kq2mx", "窗边-读书会", "retro-monday"].map((room, index) => ({
    room,
    at: Date.now() - (index * 30 + 1) * 3_600_000,
  }));
  if (localStorage.getItem("parley") === null) {
    localStorage.setItem("parley", JSON.stringify({ visits }));
  }
}

/** Runs in the page: a browser that denies camera and microphone. */
function refuseDevices(): void {
  navigator.mediaDevices.getUserMedia = () =>
    Promise.reject(new DOMException("Permission denied", "NotAllowedError"));
}

/** The room with nothing open. */
function plain(name: string, people: number): Screen {
  const last = people === 1 ? ".invitation" : "#key-chat";
  const stage = async ({ viewer: { page } }: Studio) => {
    await waitFor(() => page.$(last), { what: "the parts that load after the first pictures" });
    return { page };
  };
  return { name, people, stage };
}

/** The room with something that a key opens and Escape closes. */
function opened(
  name: string,
  { by, sizes }: {
    by: (studio: Studio) => Promise<void>;
    sizes?: readonly SizeName[];
  },
): Screen {
  const stage = (studio: Studio): Scene => {
    const { page } = studio.viewer;
    return { page, open: () => by(studio), shut: () => shutAll(page) };
  };
  return { name, people: 5, stage, ...sizes && { sizes } };
}

/** Presses a key of the bar by its name; opens More if the bar does not show it. */
/** The code of the menus comes with the press. */
async function openMenu({ viewer }: Studio, name: string): Promise<void> {
  await viewer.press(name);
  await waitFor(() => viewer.page.$(".device-menu, .more-menu"), { what: `the menu of ${name}` });
}

async function pressKey({ viewer, words }: Studio, name: string): Promise<void> {
  const isShown = (label: string) =>
    viewer.page.evaluate(
      (label) =>
        [...document.querySelectorAll("button")].some((button) =>
          button.getAttribute("aria-label") === label && button.checkVisibility() &&
          button.offsetParent !== null
        ),
      label,
    );
  if (!await isShown(name)) await viewer.press(words.room.more);
  await viewer.press(name);
}

/** The last page after the server closed the socket for this reason. */
function ended(name: string, reason: CloseReason): Screen {
  const stage = async (studio: Studio) => {
    const { url } = studio.server.current;
    const peer = await studio.open(`${url}/healthz`);
    await peer.page.evaluateOnNewDocument((code) => {
      globalThis.WebSocket = class extends WebSocket {
        override send(): void {
          this.dispatchEvent(new CloseEvent("close", { code, wasClean: true }));
        }
      };
    }, closeCode(reason));
    await peer.page.goto(studio.server.current.room("ending", { join: "1" }));
    await waitFor(() => peer.page.$(".notice"), { what: "the last page" });
    return { page: peer.page, end: () => peer.close() };
  };
  return { name, people: 0, stage };
}

async function left(studio: Studio): Promise<Scene> {
  const peer = await studio.enter({ ...cast[studio.language][0], camera: false });
  await waitFor(() => peer.page.$("[data-peer-id]"), { what: "the others" });
  await peer.press(studio.words.room.leave);
  await waitFor(() => peer.page.$(".notice"), { what: "the last page" });
  return { page: peer.page, end: () => peer.close() };
}

async function offered(studio: Studio): Promise<Scene> {
  const { viewer, others: [ana] } = studio;
  // They stay as long as the picture is taken: what is offered is read.
  const file = await makeFile("tide-tables-2026.xlsx", 812_000);
  const own = await makeFile("harbour-map.pdf", 4_800_000);
  const offer = async (peer: typeof viewer, path: string) => {
    const input = await waitFor(() => peer.page.$('input[type="file"]'), {
      what: "the file input",
    });
    await input.uploadFile(path);
    await waitFor(() => peer.page.$(".file-tray [type=submit]"), { what: "the offer" });
    await peer.page.$eval(
      ".file-tray",
      (tray) => tray instanceof HTMLFormElement && tray.requestSubmit(),
    );
  };
  if (ana !== undefined) await offer(ana, file.path);
  await waitFor(() => viewer.page.$(".file-card"), { what: "the offer's card" });
  await pressKey(studio, studio.words.room.chat);
  await offer(viewer, own.path);
  await shutAll(viewer.page);
  return {
    page: viewer.page,
    open: () => pressKey(studio, studio.words.room.chat),
    shut: () => shutAll(viewer.page),
    end: async () => {
      for (const made of [file, own]) await made[Symbol.asyncDispose]();
    },
  };
}

/** Another person or the viewer shares a screen. */
async function shared(studio: Studio, who: "other" | "self"): Promise<Scene> {
  const { viewer, others: [ana] } = studio;
  const sharer = who === "self" || ana === undefined ? viewer : ana;
  const press = (names: readonly string[]) =>
    sharer.page.evaluate((names) => {
      [...document.querySelectorAll<HTMLElement>(".bar button")]
        .find((button) => names.includes(button.getAttribute("aria-label") ?? ""))?.click();
    }, names);
  await press([studio.words.room.share]);
  await waitFor(
    () =>
      viewer.page.evaluate(() =>
        (document.querySelector<HTMLVideoElement>("[data-screen-of] video")?.videoWidth ?? 0) > 0
      ),
    { what: "the shared screen" },
  );
  return {
    page: viewer.page,
    end: async () => {
      await press([studio.words.room.stopSharing]);
      await waitFor(async () => await viewer.page.$("[data-screen-of]") === null, {
        what: "the end of sharing",
      });
    },
  };
}

/** The menu of another person's tile. */
async function openTileMenu({ viewer: { page } }: Studio): Promise<void> {
  await (await waitFor(() => page.$("[data-peer-id] .tile-key"), { what: "its key" })).focus();
  await page.keyboard.press("Enter");
  await waitFor(() => page.$(".tile-menu .menu-row"), { what: "the menu" });
}

/** Another person shares a screen, and the viewer receives sound only. */
async function soundOnly(studio: Studio): Promise<Scene> {
  const { page } = studio.viewer;
  const { end, ...scene } = await shared(studio, "other");
  const choose = async (place: "first" | "last") => {
    await studio.viewer.press(studio.words.room.more);
    const key = `.picture-choice .segmented > :${place}-child`;
    await (await waitFor(() => page.$(key), { what: "the choice" })).asLocator().click();
    await shutAll(page);
  };
  await choose("last");
  await waitFor(() => page.$(".overlay-unsent"), { what: "the reason over the screen" });
  return { ...scene, end: () => choose("first").then(end) };
}

async function unreachable(studio: Studio, panel: boolean): Promise<Scene> {
  await studio.meetStranger();
  const { page } = studio.viewer;
  if (!panel) return { page };
  return { page, open: () => pressKey(studio, studio.words.links.key), shut: () => shutAll(page) };
}

/** The server is stopped, and started again afterwards. */
async function reconnecting(studio: Studio): Promise<Scene> {
  const { page } = studio.viewer;
  await studio.server.kill();
  await waitFor(() => page.$(".pill"), { what: "the pill" });
  const end = async () => {
    await studio.server.startAgain();
    await waitFor(async () => await page.$(".pill") === null, { what: "everybody to be back" });
  };
  return { page, end };
}

const inRoom = ({ room, secret }: Studio) => `/r/${encodeURIComponent(room)}#k=${secret}`;

/** All screens, sorted by the number of people they need. */
export const screens: readonly Screen[] = [
  around("home", { path: () => "/", ready: ".visits", before: rememberRooms }),
  around("doctor", { path: () => "/doctor", ready: ".desk-summary:is(.desk-good, .desk-poor)" }),
  around("error-nothing-here", { path: () => "/nothing", ready: ".notice" }),
  around("error-bad-name", { path: () => "/r/no%20room", ready: ".notice" }),
  around("before-refused", { path: inRoom, ready: ".refused, .preview", before: refuseDevices }),
  ended("end-locked", "locked"),
  ended("end-password", "password"),
  ended("end-full", "full"),
  ended("end-replaced", "replaced"),
  ended("end-kicked", "kicked"),
  ended("end-banned", "banned"),
  ended("end-sealed", "sealed"),
  ended("end-unsealed", "unsealed"),
  ended("end-link-changed", "link-changed"),
  ended("end-version", "version"),
  ended("end-confused", "bad-messages"),
  plain("room-1", 1),
  plain("room-2", 2),
  around("before", { path: inRoom, ready: ".preview video", people: 2 }),
  { name: "end-left", people: 2, stage: left },
  plain("room-5", 5),
  opened("chat", { by: (studio) => pressKey(studio, studio.words.room.chat) }),
  opened("people", { by: (studio) => pressKey(studio, studio.words.room.peoplePanel) }),
  opened("connections", { by: (studio) => pressKey(studio, studio.words.links.key) }),
  opened("microphone-menu", {
    by: (studio) => openMenu(studio, studio.words.room.microphoneSettings),
    sizes: ["desktop", "tablet"],
  }),
  opened("camera-menu", {
    by: (studio) => openMenu(studio, studio.words.room.cameraSettings),
    sizes: ["desktop", "tablet"],
  }),
  opened("keys", {
    by: async ({ viewer }) => {
      await viewer.page.keyboard.press("?");
      await waitFor(() => viewer.page.$("dialog[open]"), { what: "the list of keys" });
    },
  }),
  opened("more", {
    by: (studio) => openMenu(studio, studio.words.room.more),
  }),
  opened("tile-menu", { by: openTileMenu }),
  { name: "files", people: 5, stage: offered },
  { name: "screen", people: 5, stage: (studio) => shared(studio, "other") },
  { name: "screen-own", people: 5, stage: (studio) => shared(studio, "self") },
  { name: "sound-only", people: 5, stage: soundOnly },
  { name: "reconnecting", people: 5, stage: reconnecting },
  { name: "failed", people: 5, stage: (studio) => unreachable(studio, false) },
  { name: "failed-why", people: 5, stage: (studio) => unreachable(studio, true) },
  ...captionScreens,
  ...dialogScreens,
  ...trustScreens,
  plain("room-8", 8),
];
