// Noise beyond what browsers remove: what of it arrives, how late, and what else the switch does.

import { assertEquals, assertGreater, assertLessOrEqual } from "../assert.ts";
import {
  allComplaints,
  chunkOf,
  joinByLink,
  launchChromium,
  launchFirefox,
  type NoisySpeech,
  noisySpeech,
  noisySpeechFile,
  openPeer,
  type Peer,
  shows,
  speechOverPauses,
  startServer,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { isLong } from "../seeds.ts";

declare global {
  // Put into the page by `collectNodes`.
  var __nodes: AudioWorkletNode[] | undefined;
}

const silent = { camera: false, microphone: false };
const plain = { noiseSuppression: false, echoCancellation: false, autoGainControl: false };
const label = '[aria-label="Remove more noise"]';

/** Runs in the page: collects the processors that it makes. */
function collectNodes(): void {
  const nodes: AudioWorkletNode[] = [];
  globalThis.__nodes = nodes;
  const Original = AudioWorkletNode;
  globalThis.AudioWorkletNode = class extends Original {
    constructor(...args: ConstructorParameters<typeof AudioWorkletNode>) {
      super(...args);
      nodes.push(this);
    }
  };
}

/** Runs in the page: no context runs before the first press, as without the flag of the rig. */
function holdSound(): void {
  let isPressed = false;
  addEventListener("pointerup", () => isPressed = true, { capture: true });
  globalThis.AudioContext = class extends AudioContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      if (!isPressed) void super.suspend();
    }
    override resume(): Promise<void> {
      return isPressed ? super.resume() : new Promise(() => {});
    }
  };
}

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

/** Whether what a person sends was made of the device's track. */
function isFiltered({ page }: Peer): Promise<boolean> {
  return page.evaluate(() =>
    (globalThis.__rtc ?? []).some(({ connection }) =>
      connection.getSenders().some(({ track }) =>
        track?.kind === "audio" && track.readyState === "live" && Object.hasOwn(track, "stop")
      )
    )
  );
}

/** What the browser does to the microphone that is sent. */
function constraintsOf({ page }: Peer): Promise<Record<string, unknown>> {
  return page.evaluate(() => {
    const tracks = (globalThis.__rtc ?? []).flatMap(({ connection }) =>
      connection.getSenders().map(({ track }) => track)
    );
    const { noiseSuppression, echoCancellation } = tracks.find((track) =>
      track?.kind === "audio"
    )?.getSettings() ?? {};
    return { noiseSuppression, echoCancellation };
  });
}

/** Presses the switch. */
async function press(ann: Peer): Promise<void> {
  await ann.page.setViewport({ width: 1440, height: 900 });
  await ann.press("Microphone and speaker");
  await (await waitFor(() => ann.page.$(label), { what: "the switch" })).click();
}

async function turnOn(ann: Peer): Promise<void> {
  await press(ann);
  await waitFor(() => isFiltered(ann), { what: "the filter" });
}

/** Samples by which the worklet is late, found by comparing what goes in with what comes out. */
async function delayOf({ page }: Peer, { voice }: NoisySpeech): Promise<number> {
  const input = [...voice.slice(0, 48_000)];
  const output = await page.evaluate(
    async (input, address) => {
      const context = new OfflineAudioContext(1, input.length + 2_400, 48_000);
      await context.audioWorklet.addModule(address);
      const source = context.createBufferSource();
      source.buffer = context.createBuffer(1, input.length, 48_000);
      source.buffer.copyToChannel(Float32Array.from(input), 0);
      source.connect(new AudioWorkletNode(context, "parley-noise")).connect(context.destination);
      source.start();
      return [...(await context.startRendering()).getChannelData(0)];
    },
    input,
    await chunkOf("mesh/processing/noise/noise_worklet.ts"),
  );
  const likeness = (late: number) =>
    input.reduce((sum, sample, at) => sum + sample * (output[at + late] ?? 0), 0);
  const all = Array.from({ length: 2_400 }, (_, late) => likeness(late));
  return all.indexOf(Math.max(...all));
}

Deno.test("a voice in noise of 5 dB arrives at least 10 dB cleaner, at most 20 ms later", async () => {
  await using server = await startServer();
  await using speech = await noisySpeechFile();
  await using chromium = await launchChromium({
    flags: [`--use-file-for-fake-audio-capture=${speech.path}`],
  });
  await using bob = await joinByLink(chromium, { server, room: "noise", name: "Bob", ...silent });
  await using ann = await openPeer(chromium, `${server.url}/away.html`);
  await ann.page.evaluate(
    (processing) => localStorage.setItem("parley", JSON.stringify({ processing })),
    plain,
  );
  await ann.page.evaluateOnNewDocument(collectNodes);
  await ann.page.goto(server.room("noise", { name: "Ann", join: "1", camera: "0" }));
  await waitForTiles([ann, bob], 1);
  await waitFor(async () => (await heard(bob, 0.1)).some((power) => power > 0), {
    what: "Ann's voice",
  });
  const before = speechOverPauses(await heard(bob, 3.6));
  await turnOn(ann);
  await heard(bob, 0.5);
  const after = speechOverPauses(await heard(bob, 3.6));
  const late = await delayOf(ann, await noisySpeech());
  console.log(
    `speech over pauses at the receiver: ${before.toFixed(1)} dB, then ${after.toFixed(1)} dB, ` +
      `${(late / 48).toFixed(1)} ms later`,
  );
  assertGreater(after - before, 10);
  assertLessOrEqual(late, 960);

  // What the worklet says of a machine that is too slow; see load_watch_test.ts.
  await ann.page.evaluate(() =>
    globalThis.__nodes?.[0]?.port.onmessage?.(new MessageEvent("message", { data: "strained" }))
  );
  await waitFor(() => shows(ann, "This device is too busy for more."), { what: "a word of it" });
  await waitForValue(() => isFiltered(ann), false, { what: "the device's own track" });
  assertEquals(await ann.page.$eval(label, (box) => Reflect.get(box, "checked")), false);
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("the browser's own suppression is off meanwhile, its removal of echo is not, and both takes can be heard", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using bob = await joinByLink(chromium, { server, room: "both", name: "Bob", ...silent });
  await using ann = await joinByLink(chromium, {
    server,
    room: "both",
    name: "Ann",
    camera: false,
  });
  await waitForTiles([ann, bob], 1);
  const normal = { noiseSuppression: true, echoCancellation: true };
  await waitForValue(() => constraintsOf(ann), normal, { what: "what is usual" });
  await turnOn(ann);
  assertEquals(await constraintsOf(ann), { ...normal, noiseSuppression: false });
  await ann.press("Hear the difference");
  await ann.press("Without noise");
  const pressed = () =>
    ann.page.$$eval(
      ".device-menu [aria-pressed]",
      (keys) => keys.map((key) => `${key.textContent}: ${key.getAttribute("aria-pressed")}`),
    );
  await waitForValue(pressed, ["With noise: false", "Without noise: true"], { what: "the takes" });
  await ann.press(/^This is how you sound/);
  await waitForValue(async () => (await pressed()).length, 0, { what: "silence" });

  await ann.page.reload();
  await waitFor(() => isFiltered(ann), { what: "the filter again, as it is remembered" });
  await press(ann);
  await waitForValue(() => constraintsOf(ann), normal, { what: "what is usual again" });
  assertEquals(await isFiltered(ann), false);
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test({
  name: "before the first press nobody is silent: the filter comes with the press",
  ignore: !isLong,
  async fn() {
    await using server = await startServer();
    await using chromium = await launchChromium();
    const effects = { microphone: { voiceOnly: true, noiseSuppression: false } };
    await using bob = await joinByLink(chromium, { server, room: "wait", name: "Bob", ...silent });
    await using ann = await openPeer(chromium, `${server.url}/away.html`);
    await ann.page.evaluate((effects) => {
      localStorage.setItem("parley", JSON.stringify({ effects }));
      localStorage.setItem("parley-extras", "noise");
    }, effects);
    await ann.page.evaluateOnNewDocument(holdSound);
    await ann.page.goto(server.room("wait", { name: "Ann", join: "1", camera: "0" }));
    await waitForTiles([ann, bob], 1);
    await waitFor(async () => (await bob.media()).some(({ audioPackets }) => audioPackets > 20), {
      what: "Ann's voice",
    });
    assertEquals(await isFiltered(ann), false);
    await ann.page.mouse.click(400, 300);
    await waitFor(() => isFiltered(ann), { what: "the filter" });
    assertEquals(await allComplaints([ann, bob]), []);
  },
});

Deno.test({
  name: "Firefox sends on, filtered if the machine has a sound output",
  ignore: !isLong,
  async fn() {
    await using server = await startServer();
    await using firefox = await launchFirefox();
    await using bob = await joinByLink(firefox, { server, room: "fox", name: "Bob", ...silent });
    await using ann = await joinByLink(firefox, {
      server,
      room: "fox",
      name: "Ann",
      camera: false,
    });
    await waitForTiles([ann, bob], 1);
    await press(ann);
    const packets = async () => (await bob.media())[0]?.audioPackets ?? 0;
    const before = await packets();
    await waitFor(async () => await packets() > before + 20, { what: "sound to go on" });
    await waitForValue(async () => (await constraintsOf(ann)).noiseSuppression, false, {
      what: "the browser's own to be off",
    });
    assertEquals(await allComplaints([ann, bob]), []);
  },
});
