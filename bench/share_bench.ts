/**
 * How long a shared text takes to become readable: five people in one headless Chromium, one of
 * whom shares a tab of small numbered text. The time runs from the moment the browser hands the
 * page the tab's track until a viewer's `<video>` shows every pixel of it, with the edges of the
 * original.
 */
import {
  joinByLink,
  launchChromium,
  type LaunchedBrowser,
  lightCamera,
  type Peer,
  type RunningServer,
  startServer,
  waitFor,
  waitForPictures,
} from "../tests/rig/mod.ts";
import { median, pause, type Row } from "./measure.ts";

const people = 5;
const calls = 4;
const shares = 3;
const camera = { width: 640, height: 360, perSecond: 10 };
const window = { width: 1600, height: 900 };
const text = { width: 1280, height: 720 };
/** How long the others watch one share, ms; a text that is not readable by then counts as this. */
const watchMs = 8_000;
/**
 * How well the edges must match the original: lines of 12 pixels can be read, and look like the
 * original. At 0.9 there is a little noise around each letter.
 */
const matches = { readable: 0.9, sharp: 0.98 } as const;

/** The pixels of the middle of a picture that are compared, so that reading them costs little. */
const middle = { width: 480, height: 240 };

/** When a viewer had the shared text, ms after the start of the share. */
interface Seen {
  /** The first frame, whatever it shows. */
  readonly first: number;
  /** The first frame with as many pixels as the original. */
  readonly whole: number;
  /** The first frame that can be read. */
  readonly readable: number;
  /** The first frame that looks like the original. */
  readonly sharp: number;
}

/** Measures some calls, each with several shares. */
export async function benchShare(log: (line: string) => void): Promise<Row[]> {
  const first: Seen[] = [];
  const later: Seen[] = [];
  for (let call = 0; call < calls; call++) {
    log(`call ${call + 1} of ${calls} …`);
    const seen = await measureCall();
    first.push(...seen.slice(0, people - 1));
    later.push(...seen.slice(people - 1));
  }
  const row = (what: string, of: keyof Seen, more: Partial<Row> = {}): Row => ({
    what,
    figures: Object.fromEntries(
      [["first share", first] as const, ["later shares", later] as const].flatMap(
        ([name, seen]) => {
          const values = seen.map((it) => it[of]);
          return [[name, median(values)], [`${name}, slowest`, Math.max(...values)]];
        },
      ),
    ),
    unit: "ms",
    ...more,
  });
  return [
    row("the first frame", "first"),
    row("every pixel is sent", "whole"),
    row("the text is readable", "readable", { most: 2_000 }),
    row("the text looks like the original", "sharp"),
  ];
}

async function measureCall(): Promise<Seen[]> {
  await using server = await startServer();
  await using film = await lightCamera({ ...camera, lively: true });
  await using chromium = await launchChromium({
    // With it, a page that shares a tab shares itself.
    flags: [...film.flags, "--use-fake-device-for-media-stream=display-media-type=browser"],
  });
  const peers = await join(chromium, server);
  const [sharer, ...viewers] = peers;
  if (sharer === undefined) return [];
  await waitForPictures(peers, 60_000);
  await sharer.page.setViewport(text);
  await pause(5_000);
  await sharer.page.evaluate(coverWhileSharing, numberedText());
  const seen: Seen[] = [];
  for (let share = 0; share < shares; share++) {
    await Promise.all(viewers.map((viewer) => viewer.page.evaluate(watchScreen, middle)));
    await sharer.press("Share");
    await pause(watchMs);
    const original = await sharer.page.evaluate(originalOf, middle);
    const found = await Promise.all(
      viewers.map((viewer) =>
        viewer.page.evaluate(compare, { ...original, watchMs, middle, matches })
      ),
    );
    seen.push(...found);
    await sharer.page.evaluate(() => Reflect.get(globalThis, "uncover")());
    await sharer.press("Stop sharing");
    await waitFor(
      async () =>
        (await Promise.all(viewers.map(({ page }) => page.$("[data-screen-of]")))).every((it) =>
          it === null
        ),
      { what: "the end of the share" },
    );
    await pause(1_000);
  }
  await Promise.all(peers.map((peer) => peer.close()));
  return seen;
}

async function join(chromium: LaunchedBrowser, server: RunningServer): Promise<Peer[]> {
  const peers: Peer[] = [];
  for (let n = 0; n < people; n++) {
    const who = { name: `P${n}`, microphone: false };
    const peer = await joinByLink(chromium, { server, room: "text", ...who });
    await peer.page.setViewport(window);
    peers.push(peer);
  }
  return peers;
}

/** A page full of small text in which no two lines are alike. */
function numberedText(): string {
  const words = "one of these lines is as small as the text of a program or of a table".split(" ");
  const line = (n: number) =>
    `${String(n).padStart(4, "0")} ${
      Array.from({ length: 24 }, (_, i) => `${words[(n * 7 + i * (1 + n % 5)) % words.length]}`)
        .join(" ")
    } ${n * 7919 % 10_007}`;
  return Array.from({ length: 60 }, (_, n) => line(n + 1)).join("\n");
}

/**
 * Runs in the sharer's page: while it shares, a text covers it, and nothing else is drawn, as in a
 * tab that does not move.
 */
function coverWhileSharing(text: string): void {
  const { mediaDevices } = navigator;
  const original = mediaDevices.getDisplayMedia.bind(mediaDevices);
  const cover = document.createElement("pre");
  cover.textContent = text;
  cover.style.cssText = "position:fixed;inset:0;margin:0;z-index:9999;background:white;" +
    "color:black;font:12px/12px monospace;overflow:hidden;visibility:visible";
  mediaDevices.getDisplayMedia = async (options) => {
    document.body.append(cover);
    document.body.style.visibility = "hidden";
    const stream = await original(options);
    Reflect.set(globalThis, "startedAt", performance.timeOrigin + performance.now());
    return stream;
  };
  Reflect.set(globalThis, "uncover", () => {
    cover.remove();
    document.body.style.visibility = "";
  });
}

/** Runs in a viewer's page: keeps the middle of each frame of the screen that comes next. */
function watchScreen(middle: { width: number; height: number }): void {
  const frames: { at: number; width: number; grey: Uint8Array }[] = [];
  Reflect.set(globalThis, "screenFrames", frames);
  const context = new OffscreenCanvas(middle.width, middle.height)
    .getContext("2d", { willReadFrequently: true });
  const follow = (video: HTMLVideoElement) => {
    const { videoWidth, videoHeight } = video;
    const at = performance.timeOrigin + performance.now();
    const { width, height } = middle;
    context?.drawImage(
      video,
      (videoWidth - width) / 2,
      (videoHeight - height) / 2,
      width,
      height,
      0,
      0,
      width,
      height,
    );
    const data = context?.getImageData(0, 0, width, height).data ?? [];
    const grey = new Uint8Array(width * height);
    for (let i = 0; i < grey.length; i++) grey[i] = data[4 * i + 1] ?? 0;
    frames.push({ at, width: videoWidth, grey });
    if (video.isConnected) video.requestVideoFrameCallback(() => follow(video));
  };
  const look = () => {
    const video = document.querySelector("[data-screen-of] video");
    if (video instanceof HTMLVideoElement) video.requestVideoFrameCallback(() => follow(video));
    else requestAnimationFrame(look);
  };
  look();
}

/** Runs in the sharer's page: the start of the share, and the middle of what is shared. */
function originalOf(
  middle: { width: number; height: number },
): { startedAt: number; width: number; original: string } {
  const video = document.querySelector("[data-screen-of] video");
  if (!(video instanceof HTMLVideoElement)) throw new Error("there is no own screen");
  const { videoWidth, videoHeight } = video;
  const { width, height } = middle;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  const [left, top] = [(videoWidth - width) / 2, (videoHeight - height) / 2];
  context?.drawImage(video, left, top, width, height, 0, 0, width, height);
  const data = context?.getImageData(0, 0, width, height).data ?? [];
  const grey = Array.from({ length: width * height }, (_, i) => data[4 * i + 1] ?? 0);
  const original = btoa(grey.map((it) => String.fromCharCode(it)).join(""));
  return { startedAt: Reflect.get(globalThis, "startedAt"), width: videoWidth, original };
}

/**
 * Runs in a viewer's page. The match of a frame is the correlation of its horizontal differences
 * with those of the original, so blur and coding noise both lower it.
 */
function compare({ startedAt, width, original, watchMs, middle, matches }: {
  startedAt: number;
  width: number;
  original: string;
  watchMs: number;
  middle: { width: number; height: number };
  matches: { readable: number; sharp: number };
}): Seen {
  const wanted = Uint8Array.from(atob(original), (it) => it.charCodeAt(0));
  const matchOf = (grey: Uint8Array) => {
    let [both, mine, theirs] = [0, 0, 0];
    for (let i = 0; i < grey.length - 1; i++) {
      if ((i + 1) % middle.width === 0) continue;
      const a = (grey[i + 1] ?? 0) - (grey[i] ?? 0);
      const b = (wanted[i + 1] ?? 0) - (wanted[i] ?? 0);
      both += a * b;
      mine += a * a;
      theirs += b * b;
    }
    return both / Math.sqrt(mine * theirs || 1);
  };
  const frames: { at: number; width: number; grey: Uint8Array }[] = Reflect.get(
    globalThis,
    "screenFrames",
  );
  const seen = frames.map((frame) => ({
    at: Math.round(frame.at - startedAt),
    whole: frame.width === width,
    match: frame.width === width ? matchOf(frame.grey) : 0,
  }));
  const at = (of: (frame: typeof seen[number]) => boolean) => seen.find(of)?.at ?? watchMs;
  return {
    first: at(() => true),
    whole: at((frame) => frame.whole),
    readable: at((frame) => frame.match >= matches.readable),
    sharp: at((frame) => frame.match >= matches.sharp),
  };
}
