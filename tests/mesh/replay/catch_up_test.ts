import { assert, assertEquals } from "../../assert.ts";
import { CatchUp } from "../../../mesh/replay/catch_up.ts";
import { joined, sampleRate } from "../../../mesh/replay/sound.ts";
import { Stretch } from "../../../mesh/replay/stretch.ts";

/** A tone with a little noise around it, `ms` long. */
function tone(hertz: number, ms: number): Float32Array {
  return Float32Array.from(
    { length: sampleRate * ms / 1_000 },
    (_, index) => 0.3 * Math.sin(2 * Math.PI * hertz * index / sampleRate),
  );
}

/** The strength of one pitch in a sound: Goertzel's algorithm, 0 to 1 for a pure tone of 0.3. */
function strength(sound: Float32Array, hertz: number): number {
  let [real, imaginary] = [0, 0];
  sound.forEach((sample, index) => {
    const angle = 2 * Math.PI * hertz * index / sampleRate;
    real += sample * Math.cos(angle);
    imaginary += sample * Math.sin(angle);
  });
  return 2 * Math.hypot(real, imaginary) / sound.length / 0.3;
}

const second = (sound: Float32Array, at: number) =>
  sound.subarray(sampleRate * at, sampleRate * (at + 1));

Deno.test("a faster sound keeps its pitch and its loudness", () => {
  for (const rate of [1.2, 1.5, 1.8]) {
    const stretch = new Stretch();
    const input = tone(220, 6_000);
    const parts: Float32Array[] = [];
    for (let at = 0; at < input.length; at += 960) {
      parts.push(stretch.push(input.subarray(at, at + 960), rate));
    }
    const output = joined([...parts, stretch.flush()]);
    const expected = input.length / rate;
    assert(Math.abs(output.length - expected) < 0.05 * expected, `${output.length} of ${expected}`);
    const middle = second(output, 1);
    assert(strength(middle, 220) > 0.9, `220 Hz at ${rate}: ${strength(middle, 220)}`);
    assert(strength(middle, 220 * rate) < 0.1);
  }
});

/** A replay that starts at 0 with all of a conversation there, and is taken to its end. */
function replay(catchUp: CatchUp, { now }: { now: number }): Float32Array {
  const parts: Float32Array[] = [];
  for (;;) {
    const part = catchUp.take(200, now);
    if (part.length === 0) return joined([...parts, catchUp.flush()]);
    parts.push(part);
  }
}

const loud = () => 1;

Deno.test("people who spoke in turn are heard in turn, and long pauses are short", () => {
  const catchUp = new CatchUp({ from: 0, gainOf: loud });
  for (const peerId of ["ann", "bob"]) catchUp.expect(peerId);
  catchUp.add("ann", { at: 0, samples: tone(300, 1_000) });
  // Five seconds of nobody.
  catchUp.add("bob", { at: 6_000, samples: tone(500, 1_000) });
  catchUp.add("ann", { at: 7_000, samples: tone(700, 1_000) });
  catchUp.heard("bob", 8_000);
  const output = replay(catchUp, { now: 8_000 });
  const ms = 1_000 * output.length / sampleRate;
  assert(ms > 1_500 && ms < 2_500, `three seconds of voice and a pause take ${ms} ms`);
  const third = Math.floor(output.length / 3);
  const strongest = [0, 1, 2].map((part) => {
    const sound = output.subarray(part * third + third / 4, (part + 1) * third - third / 4);
    return [300, 500, 700].find((hertz) => strength(sound, hertz) > 0.5);
  });
  assertEquals(strongest, [300, 500, 700]);
});

Deno.test("nothing is played before all have been heard up to it", () => {
  const catchUp = new CatchUp({ from: 0, gainOf: loud });
  for (const peerId of ["ann", "bob"]) catchUp.expect(peerId);
  catchUp.add("ann", { at: 0, samples: tone(300, 1_000) });
  assertEquals(catchUp.take(500, 1_000).length, 0);
  catchUp.heard("bob", 500);
  assert(catchUp.take(500, 1_000).length > 0);
  assertEquals(catchUp.at, 500);
  // Bob leaves; the rest of Ann is played, and then it is over.
  catchUp.heard("bob", Infinity);
  replay(catchUp, { now: 1_000 });
  assert(catchUp.isDry && catchUp.at >= 980, `${catchUp.at}`);
});

Deno.test("the rate suffices to be live again within 15 s after a cut of 8 s", () => {
  const catchUp = new CatchUp({ from: 0, gainOf: loud });
  catchUp.expect("ann");
  // Ann speaks without a pause, and goes on while she is replayed.
  let now = 8_500;
  const start = now;
  let said = 0;
  while (now - start < 15_000) {
    while (said < now - 200) {
      catchUp.add("ann", { at: said, samples: tone(200, 100) });
      said += 100;
    }
    const played = catchUp.take(100, now);
    if (played.length === 0) break;
    now += 1_000 * played.length / sampleRate;
  }
  assert(now - start < 14_000, `live after ${now - start} ms`);
});

Deno.test("who is muted here is not heard in a replay either", () => {
  const catchUp = new CatchUp({ from: 0, gainOf: (peerId) => peerId === "ann" ? 0 : 1 });
  for (const peerId of ["ann", "bob"]) catchUp.expect(peerId);
  catchUp.add("ann", { at: 0, samples: tone(300, 1_000) });
  catchUp.add("bob", { at: 0, samples: tone(500, 1_000) });
  const output = replay(catchUp, { now: 1_000 });
  const middle = output.subarray(output.length / 4, output.length * 3 / 4);
  assert(strength(middle, 300) < 0.05 && strength(middle, 500) > 0.8);
});
