// What was missed during a cut is heard afterwards: a voice that counts the seconds.

import { assert, assertEquals } from "../assert.ts";
import {
  allOf,
  lasting,
  type Peer,
  waitFor,
  waitForFullMesh,
  waitForMedia,
  waitForValue,
} from "../rig/mod.ts";
import { testInTown, type Town } from "./town.ts";

/** A number that was heard, and when, ms since the epoch. */
interface Heard {
  readonly number: number;
  readonly at: number;
}

declare global {
  var spokenAt: ((number: number) => number) | undefined;
  var heard: Heard[] | undefined;
}

/** Runs in the page: its microphone says a number each second, as a beep of its own pitch. */
function speakNumbers(): void {
  const { mediaDevices } = navigator;
  const original = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await original(constraints);
    if (!constraints?.audio) return stream;
    const context = new AudioContext();
    const output = context.createMediaStreamDestination();
    const start = context.currentTime + 0.5;
    const date = Date.now() + 500;
    for (let number = 0; number < 180; number++) {
      const beep = context.createOscillator();
      beep.frequency.value = 500 + 100 * (number % 30);
      beep.connect(output);
      beep.start(start + number);
      beep.stop(start + number + 0.25);
    }
    globalThis.spokenAt = (number) => date + 1_000 * number;
    return new MediaStream([...stream.getVideoTracks(), ...output.stream.getAudioTracks()]);
  };
}

/**
 * Runs in the page: notes which numbers its sound elements play. Each look covers the last 0.68 s,
 * so that a busy page misses none.
 */
function hearNumbers(): void {
  const heard: Heard[] = globalThis.heard = [];
  const taps = new Map<HTMLMediaElement, AnalyserNode>();
  const own = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "srcObject");
  const context = new AudioContext();
  Object.defineProperty(HTMLMediaElement.prototype, "srcObject", {
    ...own,
    set(this: HTMLMediaElement, stream: MediaStream | null) {
      own?.set?.call(this, stream);
      taps.delete(this);
      if (!(this instanceof HTMLAudioElement) || stream === null) return;
      const analyser = context.createAnalyser();
      analyser.fftSize = 32_768;
      context.createMediaStreamSource(stream).connect(analyser);
      taps.set(this, analyser);
    },
  });
  const samples = new Float32Array(32_768);
  const partSize = 1_024;
  /** The amplitude of a pitch in a part of the samples, by Goertzel's algorithm. */
  const amplitude = (part: Float32Array, hertz: number) => {
    const factor = 2 * Math.cos(2 * Math.PI * hertz / context.sampleRate);
    let [last, before] = [0, 0];
    for (const sample of part) [last, before] = [sample + factor * last - before, last];
    return Math.sqrt(last * last + before * before - factor * last * before) * 2 / part.length;
  };
  const numberIn = (part: Float32Array) => {
    if (!part.some((sample) => Math.abs(sample) > 0.01)) return -1;
    let [best, number] = [0.02, -1];
    for (let each = 0; each < 30; each++) {
      const found = amplitude(part, 500 + 100 * each);
      if (found > best) [best, number] = [found, each];
    }
    return number;
  };
  let [last, seen] = [-1, context.currentTime];
  const listen = () => {
    const now = context.currentTime;
    for (const [element, analyser] of taps) {
      if (element.muted || element.paused) continue;
      analyser.getFloatTimeDomainData(samples);
      const fresh = Math.floor((now - seen) * context.sampleRate / partSize);
      const parts = Math.min(fresh, samples.length / partSize);
      for (let ago = parts; ago > 0; ago--) {
        const start = samples.length - ago * partSize;
        const number = numberIn(samples.subarray(start, start + partSize));
        // A click has every pitch, but only once.
        if (number >= 0 && number === last && heard.at(-1)?.number !== number) {
          const at = Date.now() - 1_000 * ago * partSize / context.sampleRate;
          heard.push({ number, at });
        }
        last = number;
      }
    }
    seen = now;
  };
  setInterval(listen, 100);
}

/** Gives the page that script, and replays from the start. */
async function equip({ page }: Peer, script: () => void): Promise<void> {
  await page.evaluateOnNewDocument(script);
  await page.evaluate(() => localStorage.setItem("parley-extras", "replay"));
  await page.reload();
}

const heardBy = ({ page }: Peer) => page.evaluate(() => globalThis.heard ?? []);

/** Of each number in the order they were first heard: how late it was, ms. */
async function delays(ann: Peer, bob: Peer): Promise<{ number: number; late: number }[]> {
  const heard = await heardBy(bob);
  const first = await ann.page.evaluate(() => globalThis.spokenAt?.(0) ?? 0);
  return heard.map(({ number, at }) => {
    // Pitches come again after half a minute.
    const round = Math.round((at - first - 1_000 * number) / 30_000);
    const exact = number + 30 * Math.max(0, round);
    return { number: exact, late: at - first - 1_000 * exact };
  });
}

async function missAndHear({ network, join, machine }: Town): Promise<void> {
  const ann = await join(0);
  const bob = await join(1);
  await equip(ann, speakNumbers);
  await equip(bob, hearNumbers);
  await waitFor(async () => (await heardBy(bob)).length > 4, { what: "the first numbers" });
  await lasting(3_000);
  const first = (await delays(ann, bob)).at(-1)?.number ?? 0;
  await network.drop(...allOf(machine(1)));
  await lasting(8_000);
  await network.restore();
  const restored = Date.now();
  await waitFor(() => bob.page.$(".replay-pill"), { what: "the pill", timeout: 15_000 });
  const words = await bob.page.$eval(".replay-pill", (pill) => pill.textContent ?? "");
  assert(
    /Playing what you missed from Ann.*Live again in about \d+ second.*Skip/.test(words),
    words,
  );
  await waitFor(async () => await bob.page.$(".replay-pill") === null, {
    what: "the present",
    timeout: 15_000,
  });
  console.log(`live ${Date.now() - restored} ms after the network`);
  assert(Date.now() - restored < 15_000);
  await lasting(3_000);
  const found = await delays(ann, bob);
  console.log(found.map(({ number, late }) => `${number}:${Math.round(late)}`).join(" "));
  const numbers = [...new Set(found.map(({ number }) => number))];
  const last = Math.max(...numbers);
  assertEquals(
    numbers.filter((number) => number >= first).sort((a, b) => a - b),
    Array.from({ length: last - first + 1 }, (_, index) => first + index),
    "every number was heard",
  );
  assert(found.some(({ late }) => late > 3_000), "some were missed and heard later");
  const end = found.at(-1);
  assert(end !== undefined && end.late < 1_500, "the last is live");

  await network.drop(...allOf(machine(1)));
  await lasting(5_000);
  await network.restore();
  await waitFor(() => bob.page.$(".replay-pill"), { what: "the second pill", timeout: 15_000 });
  const before = (await heardBy(bob)).length;
  await bob.press("Skip");
  await waitFor(async () => await bob.page.$(".replay-pill") === null, { what: "its end" });
  await waitFor(async () => (await delays(ann, bob)).slice(before + 1).length > 1, {
    what: "numbers after skipping",
  });
  const skipped = (await delays(ann, bob)).slice(before + 1);
  assert(skipped.every(({ late }) => late < 1_500), "what follows is live");
}

testInTown("after a cut of eight seconds every missed beep is heard, and all is live within 15 s", {
  people: 2,
}, missAndHear);

testInTown("Firefox replays if the machine has a sound output, and otherwise is live again", {
  people: 2,
  browser: "firefox",
}, async ({ network, join, machine }) => {
  const ann = await join(0);
  const bob = await join(1);
  for (const peer of [ann, bob]) await equip(peer, () => {});
  await waitForFullMesh([ann, bob]);
  // Replays are loaded, and know the voice.
  await lasting(3_000);
  await network.drop(...allOf(machine(1)));
  const isHeld = () =>
    bob.page.$eval("[data-voice-of] audio", (audio) => (audio as HTMLAudioElement).muted);
  await waitForValue(isHeld, true, { what: "the missing voice to be held back" });
  await network.restore();
  await waitForValue(isHeld, false, { what: "the live voice", timeout: 60_000 });
  await waitForMedia([ann, bob], 30_000);
});
