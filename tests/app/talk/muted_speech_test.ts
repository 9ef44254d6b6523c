import { signal } from "@preact/signals-core";
import { assert, assertEquals } from "../../assert.ts";
import { MutedSpeech, voiceLevel } from "../../../app/talk/muted_speech.ts";
import { speakingLevel } from "../../../app/devices/speaking.ts";
import { FakeTrack } from "../../mesh/link/fake_track.ts";
import { VirtualClock } from "../../mesh/virtual_clock.ts";

function scene() {
  const clock = new VirtualClock();
  const meters = new Map<MediaStreamTrack, (level: number) => void>();
  const speech = new MutedSpeech({
    watchLevel(track, onLevel) {
      meters.set(track, onLevel);
      return () => void meters.delete(track);
    },
    after: (ms, callback) => clock.after(ms, callback),
    now: () => clock.now(),
    signal,
  });
  const track = new FakeTrack("audio");
  track.enabled = false;
  /** So many levels, 20 a second. */
  const hear = (level: number, times: number) => {
    for (let time = 0; time < times; time++) {
      clock.advance(50);
      for (const meter of meters.values()) meter(level);
    }
  };
  return { clock, meters, speech, track, hear };
}

Deno.test("a voice is what it is elsewhere", () => {
  assertEquals(voiceLevel, speakingLevel);
});

Deno.test("a word is noticed, a cough is not", () => {
  const { speech, track, hear } = scene();
  speech.follow(track);
  hear(0.9, 6);
  hear(0.1, 40);
  assertEquals(speech.noticed.value, false);
  hear(0.9, 12);
  assertEquals(speech.noticed.value, true);
  speech.close();
});

Deno.test("it listens to a copy, which is awake while the track itself stays silent", () => {
  const { meters, speech, track } = scene();
  speech.follow(track);
  const [copy] = track.clones;
  assert(copy !== undefined && meters.has(copy));
  assertEquals([track.enabled, copy.enabled], [false, true]);
  speech.follow(undefined);
  assertEquals([copy.readyState, meters.size, track.readyState], ["ended", 0, "live"]);
});

Deno.test("the hint expires, and shows once in half a minute at most", () => {
  const { clock, speech, track, hear } = scene();
  speech.follow(track);
  hear(0.9, 12);
  assertEquals(speech.noticed.value, true);
  hear(0.9, 8_000 / 50);
  assertEquals(speech.noticed.value, false);
  hear(0.9, 20_000 / 50);
  assertEquals(speech.noticed.value, false, "still talking, told once");
  hear(0.9, 3_000 / 50);
  assertEquals(speech.noticed.value, true);
  speech.dismiss();
  assertEquals([speech.noticed.value, clock.waiting], [false, 0]);
  speech.close();
});

Deno.test("unmuting dismisses the hint; muting again does not show it early", () => {
  const { clock, speech, track, hear } = scene();
  speech.follow(track);
  hear(0.9, 12);
  speech.follow(undefined);
  assertEquals(speech.noticed.value, false);
  speech.follow(track);
  hear(0.9, 40);
  assertEquals(speech.noticed.value, false);
  clock.advance(30_000);
  hear(0.9, 12);
  assertEquals(speech.noticed.value, true);
  speech.close();
  assertEquals(clock.waiting, 0);
});
