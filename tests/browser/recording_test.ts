// A recorded call: who is asked, what is recorded where, and what comes of it at the end.

import { assert, assertEquals, assertLess } from "../assert.ts";
import {
  allComplaints,
  type Beeps,
  joinMarked,
  lasting,
  launchChromium,
  type Peer,
  readBeeps,
  shows,
  startServer,
  waitFor,
  waitForFullMesh,
} from "../rig/mod.ts";

const people = {
  ann: { name: "Ann", hz: 600 },
  bob: { name: "Bob", hz: 1000, skew: 7_000 },
  cy: { name: "Cy", hz: 1600, skew: -3_000 },
} as const;
const pitches = Object.values(people).map(({ hz }) => hz);

function says(peer: Peer, words: string, timeout = 25_000): Promise<boolean> {
  return waitFor(() => shows(peer, words), { what: `the page to say "${words}"`, timeout });
}

async function openDialog(peer: Peer): Promise<void> {
  await peer.press("More");
  await peer.press("Record");
}

/** Whether the page has a whole file whose name begins so in its private file system. */
function hasFile({ page }: Peer, start: string): Promise<boolean> {
  return page.evaluate(async (start) => {
    const root = await navigator.storage.getDirectory();
    const parent = await root.getDirectoryHandle("parley-recordings");
    for await (const folder of parent.values()) {
      if (!(folder instanceof FileSystemDirectoryHandle)) continue;
      for await (const [name, handle] of folder.entries()) {
        if (!name.startsWith(start) || !(handle instanceof FileSystemFileHandle)) continue;
        if ((await handle.getFile()).size > 0) return true;
      }
    }
    return false;
  }, start);
}

Deno.test("three people are recorded and one film holds all of their voices", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const join = (person: typeof people[keyof typeof people]) =>
    joinMarked(chromium, { server, room: "film", ...person });
  await using ann = await join(people.ann);
  await using bob = await join(people.bob);
  await using cy = await join(people.cy);
  await waitForFullMesh([ann, bob, cy]);
  await openDialog(ann);
  await ann.press("Ask everybody and record");
  for (const guest of [bob, cy]) {
    await says(guest, "Ann wants to record this call");
    await guest.press("Record me");
    await says(guest, "Ann records; you are recorded");
  }
  await lasting(8_000);
  await ann.press("Stop recording");
  await says(ann, "All tracks of the people who are here have arrived.", 60_000);
  await ann.press("Save as one video");
  const beeps = await filmOf(ann);
  expectTogether(beeps);
  assertEquals(await allComplaints([ann, bob, cy]), []);
});

Deno.test("a killed tab loses a piece of its track at most, and the rest comes after it is back", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinMarked(chromium, { server, room: "crash", ...people.ann });
  await using bob = await joinMarked(chromium, { server, room: "crash", ...people.bob });
  await waitForFullMesh([ann, bob]);
  await openDialog(ann);
  await ann.press("Ask everybody and record");
  await says(bob, "Ann wants to record this call");
  await bob.press("Record me");
  await says(bob, "Ann records; you are recorded");
  await lasting(6_000);
  const killed = Date.now();
  await crash(bob);
  await says(bob, "Ann records; you are recorded");
  await lasting(4_000);
  await ann.press("Stop recording");
  await says(ann, "All tracks of the people who are here have arrived.", 60_000);
  const zero = await startOf(ann);
  await ann.press("Save as one video");
  const { [people.bob.hz]: own = [] } = await filmOf(ann);
  const end = (killed - zero) / 1000;
  const before = own.filter((at) => at < end);
  assertLess(end - (before.at(-1) ?? 0), 2 + 1.2, `beeps at ${own}, killed at ${end}`);
  assert(own.filter((at) => at > end).length >= 2, `beeps at ${own}, killed at ${end}`);
});

/** Kills the page's process and opens its address again. */
async function crash({ page }: Peer): Promise<void> {
  const url = page.url();
  const died = new Promise((resolve) => page.once("error", resolve));
  const session = await page.createCDPSession();
  session.send("Page.crash").catch(() => {});
  await died;
  await page.goto(url);
}

/** When the recording began, ms since the epoch. */
function startOf({ page }: Peer): Promise<number> {
  return page.evaluate(async () => {
    const starts: number[] = [];
    const root = await navigator.storage.getDirectory();
    const parent = await root.getDirectoryHandle("parley-recordings");
    for await (const folder of parent.values()) {
      if (!(folder instanceof FileSystemDirectoryHandle)) continue;
      const [, owner = ""] = folder.name.split(".");
      for await (const name of folder.keys()) {
        if (name.startsWith(owner)) starts.push(Number(name.split(".")[2]));
      }
    }
    return Math.min(...starts);
  });
}

/** The beeps of the film, once it is made. */
async function filmOf(peer: Peer): Promise<Beeps> {
  await waitFor(() => hasFile(peer, "film."), { what: "the film", timeout: 120_000 });
  const [beeps] = Object.values(await readBeeps(peer.page, { path: "film.", pitches }));
  assert(beeps, "there is a film");
  return beeps;
}

/** All voices beep at the same moments, without a hole. */
function expectTogether(beeps: Beeps): void {
  for (const hz of pitches) {
    const own = beeps[hz] ?? [];
    assert(own.length >= 6, `${own.length} beeps of ${hz} Hz`);
    for (const [index, at] of own.slice(1).entries()) {
      const gap = at - (own[index] ?? 0);
      assertLess(Math.abs(gap - 1), 0.05, `a beep of ${hz} Hz ${gap} s after the last one`);
    }
    for (const at of own) {
      const other = (beeps[pitches[0] ?? 0] ?? []).map((each) => Math.abs(each - at));
      assertLess(Math.min(...other), 0.04, `a beep of ${hz} Hz at ${at}`);
    }
  }
}
