// What the tests of recordings ask of a page and its private file system.

import { shows } from "./continuity.ts";
import { type Beeps, readBeeps } from "./marked_media.ts";
import type { Peer } from "./peer.ts";
import { usualMs, waitFor, waitForValue } from "./wait_for.ts";

/** Waits until the page says these words. */
export function waitForWords(peer: Peer, words: string, timeout = usualMs): Promise<boolean> {
  return waitFor(() => shows(peer, words), { what: `the page to say "${words}"`, timeout });
}

/** Asks everybody in the room, through the menu. */
export async function startRecording(peer: Peer): Promise<void> {
  await peer.press("More");
  await peer.press("Record");
  await peer.press("Ask everybody and record");
}

/** Ends the recording, with its dialog open. */
export async function stopRecording(host: Peer): Promise<void> {
  await host.press("Details: Recording");
  await host.press("Stop recording");
}

/** Waits until nobody has tracks of an ended recording left; makes the film and reads its beeps. */
export async function collectFilm(
  host: Peer,
  { guests, ...wanted }: {
    guests: readonly Peer[];
    pitches: readonly number[];
    /** See readBeeps. */
    least?: number;
  },
): Promise<Beeps> {
  await waitForWords(host, "All tracks of the people who are here have arrived.", 60_000);
  for (const guest of guests) {
    await waitForValue(() => recordingFiles(guest), {}, { what: "delivered tracks to go" });
  }
  await host.press("Save as one video");
  await waitForFiles(host);
  return await readBeeps(host.page, { start: "film.", ...wanted });
}

/** Waits until the files that are being made are whole. */
export async function waitForFiles({ page }: Peer): Promise<void> {
  const isWorking = () => page.evaluate(() => document.querySelector(".recording-work") !== null);
  await waitForValue(isWorking, false, { what: "the files", timeout: 120_000 });
}

/** Beeps without a hole, and the next ones after it. */
export function beepRuns(beeps: readonly number[] = []): number[][] {
  const runs: number[][] = [];
  for (const at of beeps) {
    const last = runs.at(-1);
    if (last !== undefined && at - (last.at(-1) ?? 0) < 1.5) last.push(at);
    else runs.push([at]);
  }
  return runs;
}

/** Sizes of the files of all recordings in the page's browser, by name. */
export function recordingFiles({ page }: Peer): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const sizes: Record<string, number> = {};
    const root = await navigator.storage.getDirectory();
    const parent = await root.getDirectoryHandle("parley-recordings", { create: true });
    for await (const folder of parent.values()) {
      if (!(folder instanceof FileSystemDirectoryHandle)) continue;
      for await (const [name, handle] of folder.entries()) {
        // It may be gone by now.
        if (!(handle instanceof FileSystemFileHandle)) continue;
        sizes[name] = (await handle.getFile().catch(() => undefined))?.size ?? 0;
      }
    }
    return sizes;
  });
}

/** How many whole pieces of a slot's tracks the page has. */
export async function piecesOf(peer: Peer, slot: "microphone" | "camera"): Promise<number> {
  const files = Object.entries(await recordingFiles(peer));
  return files.filter(([name, size]) => name.includes(`.${slot}.`) && /\d{6}$/.test(name) && size)
    .length;
}

/** Waits until the page has so many pieces of its own sound. */
export async function waitForPieces(peer: Peer, count: number): Promise<void> {
  await waitFor(async () => await piecesOf(peer, "microphone") >= count, {
    what: `${count} pieces on the disk`,
    timeout: 60_000,
  });
}

/** Kills the page's process (Chromium only) and opens its address again. */
export async function crash({ page }: Peer): Promise<void> {
  const url = page.url();
  const died = new Promise((resolve) => page.once("error", resolve));
  const session = await page.createCDPSession();
  session.send("Page.crash").catch(() => {});
  await died;
  await page.goto(url);
}
