// A film is made second by second, and its voices are where they were spoken.

import { makeFilm } from "../../../../mesh/recording/assembly/film.ts";
import {
  openTrack,
  soundRate,
  SoundReader,
} from "../../../../mesh/recording/assembly/track_reader.ts";
import { assert, assertEquals, assertLess, assertLessOrEqual } from "../../../assert.ts";
import { isLong } from "../../../seeds.ts";
import { paperCodecs, pictureBytes } from "./paper_codecs.ts";
import { paperTrack } from "./paper_track.ts";

/** Bytes of a second of pictures. */
const filmBytes = 20 * pictureBytes;

Deno.test("after a hole that is shorter than a packet sound is still in its time", async () => {
  using _codecs = paperCodecs();
  const hole = { at: 3, lasts: 0.045 };
  const track = await paperTrack({ slot: "microphone", seconds: 10, bytes: 100, hole });
  const open = await openTrack(track, 0);
  const reader = open && await SoundReader.of(open);
  assert(reader);
  const starts: number[] = [];
  for (let second = 0; second < 10; second++) {
    const mix = new Float32Array(soundRate);
    await reader.addTo(mix, second);
    mix.forEach((value, index) => value === 1 && starts.push(second + index / soundRate));
  }
  open.input.dispose();
  assert(starts.length > 160, `${starts}`);
  for (const [index, start] of starts.entries()) {
    const spoken = 0.06 * index + (0.06 * index >= hole.at - 0.001 ? hole.lasts : 0);
    assertLess(Math.abs(start - spoken), 0.02, `packet ${index} at ${start}`);
  }
});

/** Makes a film of one person. `openMost`: pictures and pieces of sound; `heldMost`: bytes. */
async function film(minutes: number): Promise<{ openMost: number; heldMost: number }> {
  using codecs = paperCodecs();
  const seconds = 60 * minutes;
  const tracks = [
    await paperTrack({ slot: "camera", seconds, bytes: 200 }),
    await paperTrack({ slot: "microphone", seconds, bytes: 100 }),
  ];
  let heldMost = 0;
  let written = 0;
  let done = 0;
  const file = {
    write: (data: Uint8Array) => {
      written += data.length;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
    abort: () => Promise.resolve(),
  };
  await makeFilm({
    tracks,
    open: () => Promise.resolve(file),
    progress: (share) => {
      done = share;
      heldMost = Math.max(heldMost, share * seconds * filmBytes - written);
    },
    signal: new AbortController().signal,
  });
  assertEquals(done, 1);
  assert(written > seconds * filmBytes, `${written} bytes in ${seconds} s`);
  assertEquals(codecs.media.now, 0, "all media is closed in the end");
  return { openMost: codecs.media.most, heldMost };
}

Deno.test("a long film holds no more at once than a short one", async () => {
  const short = await film(1);
  const long = await film(isLong ? 30 : 3);
  assertLessOrEqual(long.openMost, short.openMost);
  // A second of pictures and the blocks in which the file is written.
  assertLessOrEqual(long.heldMost, 2 * 1024 * 1024);
});
