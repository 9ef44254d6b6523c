import { loudness, watchLevel } from "../../../mesh/media/levels.ts";
import { assert, assertEquals } from "../../assert.ts";
import { FakeTrack } from "../link/fake_track.ts";
import { VirtualClock } from "../virtual_clock.ts";

function sine(amplitude: number): Float32Array {
  return Float32Array.from({ length: 1024 }, (_, index) => amplitude * Math.sin(index / 5));
}

Deno.test("silence is 0, a shout is 1, and louder is more", () => {
  assertEquals(loudness(sine(0)), 0);
  assertEquals(loudness(new Float32Array()), 0);
  assertEquals(loudness(sine(1)), 1);
  const [quiet, loud] = [loudness(sine(0.01)), loudness(sine(0.1))];
  assert(quiet > 0 && loud > quiet && loud < 1, `${quiet} ${loud}`);
});

Deno.test("in a browser without audio contexts the meter stays at 0", () => {
  const clock = new VirtualClock();
  const levels: number[] = [];
  const stop = watchLevel(new FakeTrack("audio"), (level) => levels.push(level), {
    clock,
    createContext: () => {
      throw new DOMException("too many", "NotSupportedError");
    },
  });
  clock.advance(1_000);
  assertEquals([levels.length, clock.waiting], [0, 0]);
  stop();
});
