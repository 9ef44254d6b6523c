// Devices whose pictures and sound say when they were made, and recordings that are read back.

import type { Page } from "puppeteer-core";
import type { LaunchedBrowser } from "./browsers.ts";
import { openPeer, type Peer } from "./peer.ts";
import type { RunningServer } from "./server.ts";

/**
 * A person with marked devices. `hz`: the pitch of their beeps; undefined: the browser's own fake
 * microphone, which works without a sound output; `skew`: ms of their clock; `inWorker`: pages
 * cannot write files.
 */
export interface MarkedPerson {
  readonly name: string;
  readonly hz: number | undefined;
  readonly skew?: number;
  readonly inWorker?: boolean;
}

/** Opens a link that joins at once, in a page with such devices. */
export async function joinMarked(
  browser: LaunchedBrowser,
  { server, room, name, hz, skew = 0, inWorker = false }: MarkedPerson & {
    server: Pick<RunningServer, "url" | "room">;
    room: string;
  },
): Promise<Peer> {
  const peer = await openPeer(browser, `${server.url}/`);
  await peer.page.evaluateOnNewDocument(markDevices, { hz, skew });
  if (inWorker) {
    await peer.page.evaluateOnNewDocument(() => {
      Reflect.deleteProperty(FileSystemFileHandle.prototype, "createWritable");
    });
  }
  // A page that records asks before it is left.
  peer.page.on("dialog", (dialog) => void dialog.accept());
  await peer.page.goto(server.room(room, { name, join: "1", camera: "1", microphone: "1" }));
  return peer;
}

/**
 * Every second of the machine's clock begins with a beep of 100 ms; each picture shows the time at
 * which it was drawn, as a row of 16 bits. `skew` moves the clock that the page itself reads.
 */
function markDevices({ hz, skew }: { hz: number | undefined; skew: number }): void {
  const real = Date.now.bind(Date);
  Date.now = () => real() + skew;
  const beeps = (hz: number) => {
    const context = new AudioContext({ latencyHint: "interactive" });
    const oscillator = new OscillatorNode(context, { frequency: hz });
    const gain = new GainNode(context, { gain: 0 });
    const out = new MediaStreamAudioDestinationNode(context);
    oscillator.connect(gain).connect(out);
    oscillator.start();
    setInterval(() => {
      // Three seconds ahead, so that a page that is busy is not late; and again each time, because
      // the context's clock stands still while the machine has too much to do.
      const now = real();
      const first = Math.ceil((now + 300) / 1000) * 1000;
      const place = (time: number) => context.currentTime + (time - now) / 1000;
      gain.gain.cancelScheduledValues(place(first - 150));
      for (const at of [0, 1000, 2000].map((later) => place(first + later))) {
        gain.gain.setValueAtTime(0.25, at);
        gain.gain.setValueAtTime(0, at + 0.1);
      }
    }, 250);
    return out.stream.getAudioTracks();
  };
  const pictures = () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
    const context = canvas.getContext("2d", { alpha: false });
    const stream = canvas.captureStream(0);
    // In Firefox the stream has the method, as in an old draft.
    const source: object = "requestFrame" in stream ? stream : stream.getVideoTracks()[0] ?? stream;
    const request: () => void = Reflect.get(source, "requestFrame");
    setInterval(() => {
      if (context === null) return;
      const now = real() % 60_000;
      for (let bit = 0; bit < 16; bit++) {
        context.fillStyle = now >> bit & 1 ? "#fff" : "#000";
        context.fillRect(bit * 20, 0, 20, 180);
      }
      request.call(source);
    }, 40);
    return stream.getVideoTracks();
  };
  // A blank page between two others has no devices.
  if (navigator.mediaDevices === undefined) return;
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  // Removal of noise would remove the tone of a fake microphone.
  const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const sound = async () =>
    hz === undefined ? (await ask({ audio: raw })).getAudioTracks() : beeps(hz);
  navigator.mediaDevices.getUserMedia = async (wanted) =>
    new MediaStream([
      ...wanted?.audio ? await sound() : [],
      ...wanted?.video ? pictures() : [],
    ]);
}

/** A picture of a file: its time in the file and the time that it shows, modulo a minute; ms. */
export interface ShownTime {
  readonly at: number;
  readonly shows: number;
}

/**
 * Reads the last pictures of each video in the page's private file system whose name begins with
 * `start`: as many as `count`, `step` seconds apart.
 */
export async function readPictures(
  page: Page,
  { start, count = 24, step = 0.237 }: { start: string; count?: number; step?: number },
): Promise<ShownTime[][]> {
  return await page.evaluate(findPictures, { start, count, step });
}

async function findPictures(
  { start, count, step }: { start: string; count: number; step: number },
): Promise<ShownTime[][]> {
  const files: File[] = [];
  const walk = async (folder: FileSystemDirectoryHandle) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle instanceof FileSystemDirectoryHandle) await walk(handle);
      else if (handle instanceof FileSystemFileHandle && name.startsWith(start)) {
        files.push(await handle.getFile());
      }
    }
  };
  await walk(await navigator.storage.getDirectory());
  const found: ShownTime[][] = [];
  for (const file of files) {
    const url = URL.createObjectURL(file);
    const video = Object.assign(document.createElement("video"), { muted: true, src: url });
    await new Promise((resolve) => video.onloadedmetadata = video.onerror = resolve);
    if (video.videoWidth === 0) continue;
    const canvas = new OffscreenCanvas(320, 180);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const shown: ShownTime[] = [];
    document.body.append(video);
    for (let at = video.duration - 0.3; at > 0 && shown.length < count; at -= step) {
      const presented = new Promise<number>((resolve) => {
        video.requestVideoFrameCallback((_, { mediaTime }) => resolve(mediaTime * 1000));
      });
      video.currentTime = at;
      const time = await Promise.race([
        presented,
        new Promise<undefined>((resolve) => setTimeout(resolve, 2_000)),
      ]);
      if (time === undefined || context === null) continue;
      context.drawImage(video, 0, 0, 320, 180);
      let number = 0;
      for (let bit = 0; bit < 16; bit++) {
        const [red = 0] = context.getImageData(bit * 20 + 10, 90, 1, 1).data;
        if (red > 127) number |= 1 << bit;
      }
      shown.push({ at: time, shows: number });
    }
    video.remove();
    URL.revokeObjectURL(url);
    found.push(shown);
  }
  return found;
}

/**
 * When the beeps of one pitch begin, seconds from the start of a sound. A tone that stays counts as
 * a beep each second.
 */
export type Beeps = Readonly<Record<number, readonly number[]>>;

/**
 * Reads the beeps in the first file of the page's private file system whose name begins so.
 * `least`: the amplitude of a sound that counts, of 1.
 */
export async function readBeeps(
  page: Page,
  { start, pitches, least = 0.1 }: {
    start: string;
    pitches: readonly number[];
    least?: number | undefined;
  },
): Promise<Beeps> {
  return await page.evaluate(findBeeps, start, { pitches, least });
}

async function findBeeps(
  start: string,
  { pitches, least }: { pitches: readonly number[]; least: number },
): Promise<Record<number, number[]>> {
  const find = async (folder: FileSystemDirectoryHandle): Promise<File | undefined> => {
    for await (const [name, handle] of folder.entries()) {
      if (handle instanceof FileSystemDirectoryHandle) {
        const file = await find(handle);
        if (file !== undefined) return file;
      } else if (handle instanceof FileSystemFileHandle && name.startsWith(start)) {
        return await handle.getFile();
      }
    }
  };
  const file = await find(await navigator.storage.getDirectory());
  if (file === undefined) throw new Error(`there is no ${start}`);
  const context = new OfflineAudioContext(1, 1, 48_000);
  const sound = await context.decodeAudioData(await file.arrayBuffer());
  const samples = sound.getChannelData(0);
  const found: Record<number, number[]> = {};
  for (const hz of pitches) {
    const factor = 2 * Math.cos(2 * Math.PI * hz / 48_000);
    const starts: number[] = [];
    let wasLoud = false;
    // Goertzel over 10 ms, every 2.5 ms.
    for (let at = 0; at + 480 <= samples.length; at += 120) {
      let one = 0;
      let two = 0;
      for (let index = 0; index < 480; index++) {
        const next = (samples[at + index] ?? 0) + factor * one - two;
        two = one;
        one = next;
      }
      const power = Math.sqrt(Math.max(0, one * one + two * two - factor * one * two)) / 240;
      const isLoud = power > least;
      // Half of the window has to be loud.
      const time = (at + 240) / 48_000;
      if (isLoud && (!wasLoud || time - (starts.at(-1) ?? 0) >= 1)) starts.push(time);
      wasLoud = isLoud;
    }
    found[hz] = starts;
  }
  return found;
}
