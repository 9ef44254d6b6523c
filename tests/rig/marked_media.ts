// Devices whose pictures and sound say when they were made, and recordings that are read back.

import type { Page } from "puppeteer-core";
import type { LaunchedBrowser } from "./browsers.ts";
import { openPeer, type Peer } from "./peer.ts";
import type { RunningServer } from "./server.ts";

/** A person with marked devices. `hz`: the pitch of their beeps; `skew`: ms of their clock. */
export interface MarkedPerson {
  readonly name: string;
  readonly hz: number;
  readonly skew?: number;
}

/** Opens a link that joins at once, in a page with such devices. */
export async function joinMarked(
  browser: LaunchedBrowser,
  { server, room, name, hz, skew = 0 }: MarkedPerson & { server: RunningServer; room: string },
): Promise<Peer> {
  const peer = await openPeer(browser, `${server.url}/healthz`);
  await peer.page.evaluateOnNewDocument(markDevices, { hz, skew });
  // Of the page without devices.
  peer.complaints.length = 0;
  await peer.page.goto(server.room(room, { name, join: "1", camera: "1", microphone: "1" }));
  return peer;
}

/**
 * Every second of the machine's clock begins with a beep of 100 ms and a white picture; otherwise
 * pictures are dark. `skew` moves the clock that the page itself reads.
 */
function markDevices({ hz, skew }: { hz: number; skew: number }): void {
  const real = Date.now.bind(Date);
  Date.now = () => real() + skew;
  const beeps = () => {
    const context = new AudioContext({ latencyHint: "interactive" });
    const oscillator = new OscillatorNode(context, { frequency: hz });
    const gain = new GainNode(context, { gain: 0 });
    const out = new MediaStreamAudioDestinationNode(context);
    oscillator.connect(gain).connect(out);
    oscillator.start();
    let next = Math.ceil(real() / 1000) * 1000;
    setInterval(() => {
      // Three seconds ahead, so that a busy machine is never late.
      while (next < real() + 3000) {
        const at = context.currentTime + (next - real()) / 1000;
        next += 1000;
        if (at < context.currentTime) continue;
        gain.gain.setValueAtTime(0.25, at);
        gain.gain.setValueAtTime(0, at + 0.1);
      }
    }, 250);
    return out.stream.getAudioTracks();
  };
  const pictures = () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
    const context = canvas.getContext("2d", { alpha: false });
    setInterval(() => {
      if (context === null) return;
      context.fillStyle = real() % 1000 < 200 ? "#fff" : "#222";
      context.fillRect(0, 0, 320, 180);
    }, 20);
    return canvas.captureStream(25).getVideoTracks();
  };
  navigator.mediaDevices.getUserMedia = (wanted) => {
    const tracks = [...wanted?.audio ? beeps() : [], ...wanted?.video ? pictures() : []];
    return Promise.resolve(new MediaStream(tracks));
  };
}

/** When the beeps of one pitch begin, seconds from the start of a sound. */
export type Beeps = Record<number, number[]>;

/** Reads the beeps in files of the page's private file system whose path ends so. */
export async function readBeeps(
  page: Page,
  { path, pitches }: { path: string; pitches: readonly number[] },
): Promise<Record<string, Beeps>> {
  return await page.evaluate(findBeeps, path, pitches);
}

async function findBeeps(
  path: string,
  pitches: readonly number[],
): Promise<Record<string, Record<number, number[]>>> {
  const files: [string, File][] = [];
  const walk = async (folder: FileSystemDirectoryHandle, above: string) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle instanceof FileSystemDirectoryHandle) await walk(handle, `${above}${name}/`);
      else if (handle instanceof FileSystemFileHandle && name.startsWith(path)) {
        files.push([name, await handle.getFile()]);
      }
    }
  };
  await walk(await navigator.storage.getDirectory(), "");
  const found: Record<string, Record<number, number[]>> = {};
  for (const [name, file] of files) {
    const context = new OfflineAudioContext(1, 1, 48_000);
    const sound = await context.decodeAudioData(await file.arrayBuffer());
    const samples = sound.getChannelData(0);
    const step = 240;
    found[name] = {};
    for (const hz of pitches) {
      const starts: number[] = [];
      let wasLoud = false;
      // Goertzel over 10 ms, every 5 ms.
      for (let at = 0; at + 480 <= samples.length; at += step) {
        const factor = 2 * Math.cos(2 * Math.PI * hz / 48_000);
        let one = 0;
        let two = 0;
        for (let index = 0; index < 480; index++) {
          const next = (samples[at + index] ?? 0) + factor * one - two;
          two = one;
          one = next;
        }
        const power = Math.sqrt(Math.max(0, one * one + two * two - factor * one * two)) / 240;
        const isLoud = power > 0.06;
        if (isLoud && !wasLoud) starts.push(at / 48_000);
        wasLoud = isLoud;
      }
      found[name][hz] = starts;
    }
  }
  return found;
}
