import { NoiseFilter, type NoiseState } from "../../../mesh/processing/noise/noise_filter.ts";
import { assertEquals } from "../../assert.ts";
import { FakeTrack } from "../link/fake_track.ts";

/** Runs once it is resumed after `isPressed`. */
class WaitingContext extends EventTarget {
  static readonly all: WaitingContext[] = [];
  static isPressed = false;
  readonly sampleRate = 48_000;
  state = "suspended";

  constructor() {
    super();
    WaitingContext.all.push(this);
  }

  createMediaStreamSource(): object {
    return {};
  }

  async resume(): Promise<void> {
    await Promise.resolve();
    if (WaitingContext.isPressed && this.state === "suspended") this.#become("running");
  }

  async close(): Promise<void> {
    await Promise.resolve();
    this.#become("closed");
  }

  #become(state: string): void {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

class Stream {}

Deno.test({
  name: "a microphone that is replaced before the page may hear it leaves no sound context",
  // The timer for the filter's code goes on.
  sanitizeOps: false,
  sanitizeResources: false,
  fn: replaced,
});

async function replaced(): Promise<void> {
  Object.assign(globalThis, { AudioContext: WaitingContext, MediaStream: Stream });
  const states: NoiseState[] = [];
  let again = 0;
  const filter = new NoiseFilter({
    changed: (state) => states.push(state),
    strained() {},
    again: () => again++,
  });
  const tracks = [new FakeTrack("audio"), new FakeTrack("audio")];
  assertEquals(await Promise.all(tracks.map((track) => filter.process(track))), tracks);
  assertEquals(states, ["waits", "waits"]);
  WaitingContext.isPressed = true;
  dispatchEvent(new Event("keydown"));
  await new Promise((resume) => setTimeout(resume));
  assertEquals([again, WaitingContext.all.map(({ state }) => state)], [1, ["closed", "closed"]]);
  filter.close();
  Reflect.deleteProperty(globalThis, "AudioContext");
  Reflect.deleteProperty(globalThis, "MediaStream");
}
