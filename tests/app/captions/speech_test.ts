import { assertEquals } from "../../assert.ts";
import { Speech, type SpeechState } from "../../../app/captions/speech.ts";
import { FakeRecogniser } from "./fake_recogniser.ts";
import { microtasks } from "../../mesh/link/fake_tasks.ts";
import { FakeTrack } from "../../mesh/link/fake_track.ts";
import { VirtualClock } from "../../mesh/virtual_clock.ts";

function scene() {
  const clock = new VirtualClock();
  const recogniser = new FakeRecogniser();
  const states: SpeechState[] = [];
  const said: string[] = [];
  const speech = new Speech({
    recogniser,
    after: (ms, callback) => clock.after(ms, callback),
    now: () => clock.now(),
    changed: (state) => states.push(state),
    said: (text, isFinal) => said.push(isFinal ? `${text}.` : text),
  });
  const track = new FakeTrack("audio");
  const listen = async (language = "en-US") => {
    speech.follow({ language, track });
    await microtasks();
  };
  return { clock, recogniser, states, said, speech, listen, track };
}

Deno.test("a language that is there is recognised at once, with the given track", async () => {
  const { recogniser, states, said, listen, track, speech } = scene();
  await listen();
  await listen();
  assertEquals(recogniser.runs.map(({ language }) => language), ["en-US"]);
  assertEquals(recogniser.run?.track, track);
  recogniser.say("good", false);
  recogniser.say("good morning");
  assertEquals(said, ["good", "good morning."]);
  speech.follow(undefined);
  assertEquals(states.map(({ kind }) => kind), ["preparing", "on", "off"]);
  assertEquals(recogniser.run, undefined);
});

Deno.test("a language that is not there is downloaded first; if it cannot be, nothing starts", async () => {
  const { recogniser, states, listen } = scene();
  recogniser.ready = "downloadable";
  await listen("de-DE");
  assertEquals(recogniser.installed, ["de-DE"]);
  assertEquals(states, [
    { kind: "preparing", downloads: false },
    { kind: "preparing", downloads: true },
    { kind: "on" },
  ]);
  recogniser.installs = false;
  await listen("fr-FR");
  assertEquals(states.at(-1), { kind: "failed", failure: "download" });
  recogniser.ready = "unavailable";
  await listen("it-IT");
  assertEquals(states.at(-1), { kind: "failed", failure: "language" });
  assertEquals([recogniser.runs.length, recogniser.run], [1, undefined]);
});

Deno.test("a run that ends after a silence starts again soon, and says nothing of it", async () => {
  const { clock, recogniser, states, listen } = scene();
  await listen();
  clock.advance(5_000);
  recogniser.end();
  clock.advance(200);
  recogniser.end("no-speech");
  clock.advance(200);
  assertEquals(recogniser.runs.length, 3);
  assertEquals(states.some(({ kind }) => kind === "waiting"), false);
});

Deno.test("a run that fails is tried again later and later, and soon again once it has worked", async () => {
  const { clock, recogniser, states, listen } = scene();
  await listen();
  const waits: number[] = [];
  const waited = () => {
    const before = recogniser.runs.length;
    let ms = 0;
    while (recogniser.runs.length === before) {
      clock.advance(100);
      ms += 100;
    }
    waits.push(ms);
  };
  for (let count = 0; count < 7; count++) {
    recogniser.end("audio-capture");
    assertEquals(states.at(-1), { kind: "waiting" });
    waited();
  }
  assertEquals(waits, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
  clock.advance(3_000);
  recogniser.end("network");
  waited();
  assertEquals(waits.at(-1), 100);
});

Deno.test("what the browser refuses is not tried again until something changes", async () => {
  const { clock, recogniser, states, listen } = scene();
  await listen();
  recogniser.end("not-allowed");
  clock.advance(100_000);
  assertEquals(states.at(-1), { kind: "failed", failure: "refused" });
  assertEquals(recogniser.runs.length, 1);
  await listen("zh-CN");
  recogniser.end("language-not-supported");
  assertEquals(states.at(-1), { kind: "failed", failure: "language" });
});

Deno.test("a line that is open when its run ends is final, and late texts are dropped", async () => {
  const { clock, recogniser, said, speech, listen } = scene();
  await listen();
  recogniser.say("one", false);
  recogniser.end("audio-capture");
  clock.advance(1_000);
  recogniser.say("two", false);
  const old = recogniser.run;
  speech.follow(undefined);
  old?.onText("three", true);
  clock.advance(60_000);
  assertEquals(said, ["one", "one.", "two", "two."]);
  assertEquals(recogniser.runs.length, 2);
});

Deno.test("a change while a language is being prepared drops the older one", async () => {
  const { recogniser, speech, listen, track } = scene();
  recogniser.ready = "downloadable";
  speech.follow({ language: "de-DE", track });
  await listen("fr-FR");
  assertEquals(recogniser.runs.map(({ language }) => language), ["fr-FR"]);
});
