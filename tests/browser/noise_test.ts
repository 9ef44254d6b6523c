// Noise beyond what browsers remove: what of it arrives, how late, and what else the switch does.

import { assert, assertEquals, assertGreater, assertLessOrEqual } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  noisySpeechFile,
  type Peer,
  speechOverPauses,
  startServer,
  waitFor,
  waitForTiles,
} from "../rig/mod.ts";

/** Powers of frames of 20 ms of what a page hears of the other, over some seconds. */
function heard({ page }: Peer, seconds: number): Promise<number[]> {
  return page.evaluate(async (seconds) => {
    const audio = document.querySelector<HTMLAudioElement>("[data-voice-of] audio");
    if (!(audio?.srcObject instanceof MediaStream)) throw new Error("nobody is heard");
    const context = new AudioContext({ sampleRate: 48_000 });
    const recorder = context.createScriptProcessor(4_096, 1, 1);
    const samples: number[] = [];
    const whole = new Promise<void>((resolve) => {
      recorder.onaudioprocess = ({ inputBuffer }) => {
        samples.push(...inputBuffer.getChannelData(0));
        if (samples.length >= seconds * context.sampleRate) resolve();
      };
    });
    context.createMediaStreamSource(audio.srcObject).connect(recorder).connect(context.destination);
    await whole;
    await context.close();
    const size = 960;
    return Array.from(
      { length: Math.floor(samples.length / size) },
      (_, frame) =>
        samples.slice(frame * size, (frame + 1) * size)
          .reduce((sum, sample) => sum + sample * sample, 0),
    );
  }, seconds);
}

/** Whether what a person sends is made of the device's track. */
function isFiltered({ page }: Peer): Promise<boolean> {
  return page.evaluate(() =>
    (globalThis.__rtc ?? []).some(({ connection }) =>
      connection.getSenders().some(({ track }) =>
        track?.kind === "audio" && Object.hasOwn(track, "stop")
      )
    )
  );
}

Deno.test("a voice in noise of 5 dB arrives at least 10 dB cleaner with the switch", async () => {
  await using server = await startServer();
  await using speech = await noisySpeechFile();
  await using chromium = await launchChromium({
    flags: [`--use-file-for-fake-audio-capture=${speech.path}`],
  });
  const silent = { camera: false, microphone: false };
  await using bob = await joinByLink(chromium, { server, room: "noise", name: "Bob", ...silent });
  await using ann = await joinByLink(chromium, {
    server,
    room: "noise",
    name: "Ann",
    camera: false,
  });
  await ann.page.evaluate(() =>
    localStorage.setItem(
      "parley",
      JSON.stringify({
        processing: { noiseSuppression: false, echoCancellation: false, autoGainControl: false },
      }),
    )
  );
  await ann.page.reload();
  await waitForTiles([ann, bob], 1);
  await ann.page.setViewport({ width: 1440, height: 900 });
  await waitFor(() => bob.page.$("[data-voice-of] audio"), { what: "Ann's voice" });
  const before = speechOverPauses(await heard(bob, 6));
  await ann.press("Microphone and speaker");
  await waitFor(() => ann.page.$('[aria-label="Remove more noise"]'), { what: "the switch" });
  await ann.page.click('[aria-label="Remove more noise"]');
  await waitFor(() => isFiltered(ann), { what: "the filter" });
  await heard(bob, 1);
  const after = speechOverPauses(await heard(bob, 6));
  console.log(`speech over pauses at the receiver: ${before.toFixed(1)} → ${after.toFixed(1)} dB`);
  assertGreater(after - before, 10);
  assertEquals(await allComplaints([ann, bob]), []);
});
