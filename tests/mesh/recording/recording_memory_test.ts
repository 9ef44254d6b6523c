// Long recordings: what a page holds at once does not grow with their length.

import { readTracks } from "../../../mesh/recording/recorded_track.ts";
import { assert, assertEquals, assertLessOrEqual } from "../../assert.ts";
import { RecordingWorld } from "./recording_world.ts";

/** Bytes between two disks: what was read, what is on the wire, and blocks to be written. */
const heldMost = 2 * 1024 * 1024;

/** Records and delivers; `pieceBytes`: of two seconds. */
async function deliver({ minutes, pieceBytes }: { minutes: number; pieceBytes: number }) {
  const pieces = 30 * minutes;
  const world = new RecordingWorld("ann", "bob");
  world.pieceBytes = pieceBytes;
  await world.settle();
  const [ann, bob] = world.people;
  assert(ann && bob);
  await ann.recordings.start();
  await world.pass(2_000);
  bob.guest.answer(true);
  await world.pass(2_000);
  const before = bob.disk.size;
  for (let made = 1; made <= pieces; made++) {
    bob.makePieces(1);
    await world.settle();
    assertEquals(bob.disk.size - before, made * pieceBytes, "a piece that is not on the disk");
  }
  await ann.host.stop();
  await world.pass(10_000);
  assertEquals(bob.stands, "over delivered");
  const sizes = (await readTracks(ann.host.folder)).map(({ content }) => content.size);
  // The end of the recording makes one piece more.
  assertEquals(Math.max(...sizes), (pieces + 1) * pieceBytes);
  assertLessOrEqual(world.heldMost, heldMost);
}

Deno.test("thirty minutes of sound go to the recorder with a bounded part of them in memory", () =>
  deliver({ minutes: 30, pieceBytes: 24_000 }));

Deno.test("pictures go to the recorder with less than one part of them in memory", () =>
  deliver({ minutes: 1, pieceBytes: 625_000 }));
