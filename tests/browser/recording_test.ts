// A recorded call: who is asked, what is recorded where, and what comes of it at the end.

import { assert, assertEquals, assertLess } from "../assert.ts";
import {
  allComplaints,
  beepRuns,
  type Beeps,
  collectFilm,
  crash,
  joinMarked,
  launchChromium,
  type LaunchedBrowser,
  launchFirefox,
  type Peer,
  piecesOf,
  readPictures,
  recordingFiles,
  type RunningServer,
  type ShownTime,
  startRecording,
  startServer,
  stopRecording,
  waitForFiles,
  waitForFullMesh,
  waitForPieces,
  waitForValue,
  waitForWords,
} from "../rig/mod.ts";

const people = {
  ann: { name: "Ann", hz: 600 },
  bob: { name: "Bob", hz: 1000, skew: 7_450 },
  cy: { name: "Cy", hz: 1600, skew: -3_450 },
} as const;
/** The tone of Firefox' fake microphone. */
const firefoxHz = 1000;
/** Its amplitude, of 1. */
const firefoxLoudness = 0.1;
const pitches = Object.values(people).map(({ hz }) => hz);
const { ann: { hz: annHz }, bob: { hz: bobHz }, cy: { hz: cyHz } } = people;

function joinAs(
  name: keyof typeof people,
  { browser, server, room, inWorker = false }: {
    browser: LaunchedBrowser;
    server: RunningServer;
    room: string;
    inWorker?: boolean;
  },
): Promise<Peer> {
  return joinMarked(browser, { server, room, inWorker, ...people[name] });
}

/** Ann asks, and Bob says yes. */
async function recordBoth(ann: Peer, bob: Peer): Promise<void> {
  await waitForFullMesh([ann, bob]);
  await startRecording(ann);
  await waitForWords(bob, "Ann wants to record this call");
  await bob.press("Record me");
}

Deno.test("three people are recorded at their own devices, and the tracks come together", async () => {
  await using server = await startServer();
  await using browser = await launchChromium();
  const call = { server, browser, room: "film" };
  await using ann = await joinAs("ann", call);
  // As in a browser where only a worker can write files.
  await using bob = await joinAs("bob", { ...call, inWorker: true });
  await using cy = await joinAs("cy", call);
  await waitForFullMesh([ann, bob, cy]);
  await startRecording(ann);
  for (const guest of [bob, cy]) {
    await waitForWords(guest, "Ann wants to record this call");
    assertEquals(await recordingFiles(guest), {}, "nothing is recorded before a yes");
    await guest.press("Record me");
    await waitForWords(guest, "Ann records; you are recorded");
  }
  await waitForPieces(bob, 2);
  await waitForPieces(cy, 1);
  await cy.press("Stop recording me");
  await waitForWords(cy, "Ann records; you are not recorded");
  await waitForValue(() => recordingFiles(cy), {}, { what: "Cy's tracks to be removed" });
  await cy.press("Record me");
  const pieces = await piecesOf(bob, "microphone");
  await crash(bob);
  await waitForWords(bob, "Ann records; you are recorded");
  await waitForPieces(bob, pieces + 2);
  await waitForPieces(cy, 2);
  await stopRecording(ann);
  const film = await collectFilm(ann, { guests: [bob, cy], pitches });
  expectTogether(film, [annHz, cyHz]);
  const [before = [], after = []] = beepRuns(film[bobHz]);
  // A piece has two seconds; the first beep may have been cut.
  assert(before.length >= 2 * pieces - 1, `${pieces} pieces before the crash, beeps ${before}`);
  assert(after.length >= 2, `beeps after the crash ${after}`);
  expectSteady(await picturesOf(ann, 4), film);
  assertEquals(await allComplaints([ann, bob, cy]), []);
});

Deno.test("a recording outlives its recorder's page, and reaches a guest who has left", async () => {
  await using server = await startServer();
  await using browser = await launchChromium();
  const call = { server, browser, room: "away" };
  await using ann = await joinAs("ann", call);
  await using bob = await joinAs("bob", call);
  await recordBoth(ann, bob);
  await waitForPieces(bob, 1);
  await waitForPieces(ann, 1);
  await crash(ann);
  await waitForWords(ann, "You are recording");
  await waitForFullMesh([ann, bob]);
  await waitForPieces(ann, 2);
  await waitForPieces(bob, 2);
  await bob.press("Leave");
  await waitForWords(bob, "You left");
  await stopRecording(ann);
  await waitForWords(ann, "Has left");
  await bob.page.goto(server.room("away", { name: "Bob", join: "1" }));
  await waitForWords(bob, "Ann asks for your part of a recording");
  await bob.press("Send it");
  const film = await collectFilm(ann, { guests: [bob], pitches });
  expectTogether(film, [bobHz]);
  assert(beepRuns(film[annHz]).length >= 2, `beeps before and after the crash ${film[annHz]}`);
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("a recording goes on after its recorder and a guest have reloaded, without a question", async () => {
  await using server = await startServer();
  await using browser = await launchChromium();
  const call = { server, browser, room: "again" };
  await using ann = await joinAs("ann", call);
  await using bob = await joinAs("bob", call);
  await recordBoth(ann, bob);
  for (const peer of [bob, ann]) await waitForPieces(peer, 1);
  await ann.page.reload();
  await waitForWords(ann, "You are recording");
  await waitForFullMesh([ann, bob]);
  await waitForPieces(ann, 2);
  const pieces = await piecesOf(bob, "microphone");
  await bob.page.reload();
  await waitForWords(bob, "Ann records; you are recorded");
  await waitForPieces(bob, pieces + 1);
  await stopRecording(ann);
  const film = await collectFilm(ann, { guests: [bob], pitches });
  for (const hz of [annHz, bobHz]) {
    assert(beepRuns(film[hz]).length >= 2, `${hz} Hz: ${film[hz]}`);
  }
  assertEquals(await allComplaints([ann, bob]), []);
});

Deno.test("Firefox records and makes files, too", async () => {
  await using server = await startServer();
  await using firefox = await launchFirefox();
  await using ann = await joinMarked(firefox, { server, room: "red", name: "Ann", hz: undefined });
  await startRecording(ann);
  await waitForPieces(ann, 2);
  await stopRecording(ann);
  const { [firefoxHz]: tones = [] } = await collectFilm(ann, {
    ...{ guests: [], pitches: [firefoxHz], least: firefoxLoudness / 2 },
  });
  assertEquals(beepRuns(tones).length, 1, `sound at ${tones}`);
  assert(tones.length >= 4, `sound at ${tones}`);
  const [shown = []] = await picturesOf(ann, 1);
  const offsets = shown.map(({ at, shows }) => (at - shows + 60_000) / 1000);
  const median = medianOffset(offsets);
  const steady = offsets.filter((at) => Math.abs(medianOffset([at]) - median) < 0.1);
  assert(steady.length > offsets.length / 2, `pictures at ${offsets}`);
  assertEquals(ann.complaints, []);
});

/** Pictures of the tracks with pictures. */
async function picturesOf(host: Peer, count: number): Promise<ShownTime[][]> {
  await host.press("Save the tracks");
  await waitForFiles(host);
  const pictures = (await readPictures(host.page, { start: "track-" })).filter(({ length }) =>
    length > 0
  );
  assertEquals(pictures.length, count, "tracks with pictures");
  return pictures;
}

/**
 * Seconds between tracks. On a machine with too much to do, a voice was 0.26 late and a picture
 * 0.05; a clock that is not corrected makes at least 0.45.
 */
const apartMost = 0.3;

/** These voices have no hole, and beep at the same moments as all others. */
function expectTogether(film: Beeps, whole: readonly number[]): void {
  for (const hz of whole) assertEquals(beepRuns(film[hz]).length, 1, `${hz} Hz: ${film[hz]}`);
  const offsets = pitches.flatMap((hz) => film[hz]?.length ? [medianOffset(film[hz])] : []);
  for (const offset of offsets) assertNear(offset, offsets[0], apartMost, `voices at ${offsets}`);
}

/** The pictures of all tracks are on one clock, and the voices are, too. */
function expectSteady(pictures: readonly ShownTime[][], film: Beeps): void {
  const offsets = pictures.map((shown) =>
    medianOffset(shown.map(({ at, shows }) => (at - shows + 60_000) / 1000))
  );
  for (const offset of offsets) assertNear(offset, offsets[0], apartMost, `pictures at ${offsets}`);
  assertNear(
    medianOffset(film[annHz]),
    offsets[0],
    apartMost,
    `pictures at ${offsets}, ${film[annHz]}`,
  );
}

/** As places in a second, where 0.99 and 0.01 are near. */
function assertNear(one: number, other: number | undefined, most: number, why: string): void {
  const apart = Math.abs(one - (other ?? NaN));
  assertLess(Math.min(apart, 1 - apart), most, why);
}

/** Where in a second these times are, from 0 to 1; the median, so that one late time is nothing. */
function medianOffset(times: readonly number[] = []): number {
  const base = times[0] ?? 0;
  const offsets = times.map((at) => ((at - base + 0.5) % 1 + 1) % 1).toSorted((a, b) => a - b);
  const median = offsets[Math.floor(offsets.length / 2)] ?? 0;
  return ((base + median - 0.5) % 1 + 1) % 1;
}
