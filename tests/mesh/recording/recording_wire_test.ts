// What pages say about recordings, and how tracks are named: closed, so that nothing else gets in.

import { assertEquals } from "../../assert.ts";
import { ClockOffset } from "../../../mesh/recording/clock_offset.ts";
import { readRecordingMessage } from "../../../mesh/recording/recording_message.ts";
import { partsOf, readTrackFile, trackFileName } from "../../../mesh/recording/track_names.ts";

const id = "0123456789abcdef0123456789abcdef";
const owner = "f".repeat(32);

Deno.test("a message about a recording is read if its schema fits, and ignored otherwise", () => {
  const standing = { kind: "standing", id, owner, standing: "yes", left: 0 } as const;
  for (
    const message of [
      { kind: "running", id },
      { kind: "ended", id, got: 7 },
      { kind: "removed", id },
      { kind: "resumed", id, secret: owner },
      { kind: "secret", id, secret: owner },
      standing,
      { kind: "ping", id, sent: 5 },
      { kind: "pong", id, sent: 5, at: 9 },
    ]
  ) assertEquals(readRecordingMessage(message), message as never);
  for (
    const malformed of [
      undefined,
      null,
      { kind: "running" },
      { kind: "ended", id },
      { kind: "ended", id, got: -1 },
      { kind: "running", id: "x" },
      { kind: "running", id, more: 1 },
      { ...standing, standing: "maybe" },
      { ...standing, left: -1 },
      { ...standing, owner: "../.." },
      { kind: "resumed", id },
      { kind: "secret", id, secret: "f" },
      { kind: "ping", id, sent: 0.5 },
      { kind: "constructor", id },
    ]
  ) assertEquals(readRecordingMessage(malformed), undefined, JSON.stringify(malformed));
});

Deno.test("the quickest exchange tells how far the other clock is ahead", () => {
  const clock = new ClockOffset();
  assertEquals(clock.ms, undefined);
  clock.add({ sent: 1_000, at: 8_900, received: 2_000 });
  assertEquals(clock.ms, 7_400);
  clock.add({ sent: 3_000, at: 10_010, received: 3_020 });
  assertEquals(clock.ms, 7_000);
  clock.add({ sent: 5_000, at: 99_000, received: 6_000 });
  clock.add({ sent: 9_000, at: 1, received: 8_000 });
  assertEquals(clock.ms, 7_000, "neither a slow exchange nor an impossible one counts");
});

Deno.test("the name of a track's file is read as it was written, and no other name is one", () => {
  for (const index of [undefined, 0, 17]) {
    const file = { owner, slot: "screen-audio", from: 1_700_000_000_000, index } as const;
    assertEquals(readTrackFile(trackFileName(file)), file);
  }
  for (
    const name of [
      "about.json",
      `${owner}.camera.1.00001`,
      `${owner}.speaker.1.000001`,
      `${owner}/../camera.1.000001`,
      `${owner}.camera.1.000001.webm`,
    ]
  ) assertEquals(readTrackFile(name), undefined, name);
});

Deno.test("tracks go in parts, each description before its pieces, and only the own ones", () => {
  const file = (index: number | undefined, from = 1) =>
    trackFileName({ owner, slot: "camera", from, index });
  const pieces = Array.from({ length: 20 }, (_, index) => file(index));
  const foreign = trackFileName({ owner: id, slot: "camera", from: 1, index: 0 });
  const parts = partsOf([...pieces, file(undefined), foreign, "film.webm"], owner);
  assertEquals(parts.map(({ name }) => name), [file(undefined), file(0), file(1)]);
  assertEquals(parts.map(({ files }) => files.length), [1, 16, 4]);
  assertEquals(parts.flatMap(({ files }) => files), [file(undefined), ...pieces]);
});
