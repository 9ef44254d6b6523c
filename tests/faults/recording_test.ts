// A recorded call of three, in which one link is cut: what each device recorded has no hole.

import { assert, assertEquals, assertLess } from "../assert.ts";
import {
  beepRuns,
  collectFilm,
  joinMarked,
  lasting,
  type Peer,
  piecesOf,
  readPictures,
  startRecording,
  stopRecording,
  waitFor,
  waitForFiles,
  waitForFullMesh,
  waitForPieces,
  waitForWords,
} from "../rig/mod.ts";
import { testInTown } from "./town.ts";

const people = [{ name: "Ann", hz: 600 }, { name: "Bob", hz: 1000 }, { name: "Cem", hz: 1600 }];
const pitches = people.map(({ hz }) => hz);
const cutSeconds = 10;

testInTown("tracks of three have no hole after a link to the recorder was cut for ten seconds", {
  people: people.length,
}, async ({ network, server, launch, machine }) => {
  const peers = await Promise.all(
    people.map(async (person, index) =>
      await joinMarked(await launch(index), { server, room: "town", ...person })
    ),
  );
  const [ann, bob, cem] = peers;
  assert(ann && bob && cem);
  await waitForFullMesh(peers);
  await startRecording(ann);
  for (const guest of [bob, cem]) {
    await waitForWords(guest, "Ann wants to record this call");
    await guest.press("Record me");
  }
  for (const peer of peers) await waitForPieces(peer, 1);
  await network.drop(...between(machine(0).port, machine(1).port));
  await lasting(cutSeconds * 1000);
  await waitFor(() => isCut(bob), { what: "Bob's link to be lost" });
  const pieces = await piecesOf(bob, "microphone");
  await network.restore();
  await waitForFullMesh(peers, 60_000);
  for (const peer of peers) await waitForPieces(peer, pieces + 1);
  await stopRecording(ann);
  const film = await collectFilm(ann, { guests: [bob, cem], pitches });
  for (const hz of pitches) {
    const [run = [], ...more] = beepRuns(film[hz]);
    assertEquals(more, [], `a hole in the beeps of ${hz} Hz: ${film[hz]}`);
    assert(run.length > cutSeconds + 2, `beeps of ${hz} Hz: ${run}`);
  }
  await ann.press("Save the tracks");
  await waitForFiles(ann);
  const count = 2 * (cutSeconds + 3);
  const tracks = await readPictures(ann.page, { start: "track-", count, step: 0.5 });
  const cameras = tracks.filter(({ length }) => length > 0);
  assertEquals(cameras.map(({ length }) => length), people.map(() => count));
  for (const shown of cameras) {
    // Of pictures that are missing the one before stays.
    const ages = shown.map(({ at, shows }) => (at - shows + 60_000) % 60_000);
    const [first = 0] = ages;
    const apart = ages.map((age) => Math.abs((age - first + 90_000) % 60_000 - 30_000));
    assertLess(Math.max(...apart), 1_000, `pictures at ${apart}`);
  }
});

/** Rules that drop what goes between two machines, and nothing else. */
function between(one: string, other: string): string[] {
  return [
    `forward iifname ${one} oifname ${other}`,
    `forward iifname ${other} oifname ${one}`,
  ];
}

/** Whether one of the page's links has been lost. */
async function isCut(peer: Peer): Promise<boolean> {
  const states = (await peer.states()).flat();
  return states.some(({ kind, state }) => kind === "ice" && /disconnected|failed/.test(state));
}
