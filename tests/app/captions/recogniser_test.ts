import { assert, assertEquals } from "../../assert.ts";
import { browserRecogniser, type Listening } from "../../../app/captions/recogniser.ts";
import { FakeTrack } from "../../mesh/link/fake_track.ts";
import { microtasks } from "../../mesh/link/fake_tasks.ts";

/** A browser's class; `processLocally` may be absent, as in browsers that send sound away. */
class Recognition extends EventTarget {
  static made: Recognition[] = [];
  static asked: unknown[] = [];
  static fails = false;
  static available(options: unknown): Promise<string> {
    Recognition.asked.push(options);
    return Recognition.fails
      ? Promise.reject(new TypeError("no"))
      : Promise.resolve("downloadable");
  }
  static install(options: unknown): Promise<boolean> {
    Recognition.asked.push(options);
    return Recognition.fails ? Promise.reject(new TypeError("no")) : Promise.resolve(true);
  }
  lang = "";
  track: unknown;
  constructor() {
    super();
    Recognition.made.push(this);
  }
  start(track: unknown): void {
    if (Recognition.fails) throw new DOMException("no", "InvalidStateError");
    this.track = track;
  }
  abort(): void {
    this.dispatchEvent(Object.assign(new Event("error"), { error: "aborted" }));
    this.dispatchEvent(new Event("end"));
  }
  hear(resultIndex: number, ...texts: string[]): void {
    const results = texts.map((text) =>
      Object.assign([{ transcript: text.replace(".", "") }], { isFinal: text.endsWith(".") })
    );
    this.dispatchEvent(Object.assign(new Event("result"), { resultIndex, results }));
  }
}

function withBrowser<T>(value: unknown, work: () => T): T {
  Reflect.set(globalThis, "SpeechRecognition", value);
  try {
    return work();
  } finally {
    Reflect.deleteProperty(globalThis, "SpeechRecognition");
  }
}

function scene() {
  Object.assign(Recognition, { made: [], asked: [], fails: false });
  Object.assign(Recognition.prototype, { processLocally: false });
  const recogniser = withBrowser(Recognition, browserRecogniser);
  assert(recogniser);
  const heard: string[] = [];
  const ends: (string | undefined)[] = [];
  const listening: Listening = {
    language: "en-US",
    track: new FakeTrack("audio"),
    onText: (text, isFinal) => heard.push(isFinal ? `${text}.` : text),
    onEnd: (error) => ends.push(error),
  };
  const listen = () => recogniser.listen(listening);
  return { recogniser, heard, ends, listen, listening };
}

Deno.test("a browser that cannot keep the sound on the device has no recogniser", () => {
  class Cloud extends EventTarget {}
  assertEquals(withBrowser(undefined, browserRecogniser), undefined);
  assertEquals(withBrowser(Cloud, browserRecogniser), undefined);
  const almost = Object.assign(class extends EventTarget {}, { available() {}, install() {} });
  assertEquals(withBrowser(almost, browserRecogniser), undefined);
});

Deno.test("recognition is always asked to stay on the device", async () => {
  const { recogniser, listen, listening } = scene();
  assertEquals(await recogniser.readiness("de-DE"), "downloadable");
  assertEquals(await recogniser.install("de-DE"), true);
  assertEquals(Recognition.asked, [
    { langs: ["de-DE"], processLocally: true },
    { langs: ["de-DE"], processLocally: true },
  ]);
  listen();
  const [made] = Recognition.made;
  assertEquals(Reflect.get(made ?? {}, "processLocally"), true);
  assertEquals([made?.lang, made?.track], ["en-US", listening.track]);
});

Deno.test("each result is told once it is final, and the open ones together", () => {
  const { heard, listen } = scene();
  listen();
  const [made] = Recognition.made;
  made?.hear(0, "good");
  made?.hear(0, "good morning.", " how", " are");
  made?.hear(1, "good morning.", " how are you.");
  assertEquals(heard, ["good", "good morning.", " how are", " how are you."]);
});

Deno.test("a run ends once, with its error, also if it does not start or is stopped", async () => {
  const { recogniser, ends, heard, listen } = scene();
  const stop = listen();
  stop();
  stop();
  Recognition.made[0]?.hear(0, "late.");
  assertEquals([ends, heard], [["aborted"], []]);
  listen();
  Recognition.made[1]?.dispatchEvent(new Event("end"));
  assertEquals(ends, ["aborted", undefined]);
  Recognition.fails = true;
  listen();
  await microtasks();
  assertEquals(ends, ["aborted", undefined, "start"]);
  assertEquals([await recogniser.readiness("x"), await recogniser.install("x")], [
    "unavailable",
    false,
  ]);
});
