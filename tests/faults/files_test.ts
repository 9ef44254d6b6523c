// Big files and bad networks. Slow: 2 GB take minutes where both ends share two processors.

import { assertEquals, assertLess } from "../assert.ts";
import {
  allComplaints,
  allOf,
  browserMemory,
  collectGarbage,
  fileCards,
  givePlace,
  joinByLink,
  keptFiles,
  lasting,
  launchChromium,
  makeFile,
  megabytes,
  MemoryWatch,
  offerFiles,
  startServer,
  waitFor,
  waitForCard,
  waitForTiles,
  wholeRead,
} from "../rig/mod.ts";
import { testInTown } from "./town.ts";

const text = { camera: false, microphone: false };

Deno.test("a file of 2 GB goes over whole in bounded memory", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const room = { server, room: "files", ...text };
  await using ann = await joinByLink(chromium, { ...room, name: "Ann" });
  await using bob = await joinByLink(chromium, { ...room, name: "Bob", profile: true });
  await waitForTiles([ann, bob], 1);
  await givePlace(bob, { kind: "chosen" });
  await collectGarbage([ann, bob]);
  const idle = await browserMemory(chromium);
  await using file = await makeFile("stream.bin", 2_000_000_000);
  await offerFiles(ann, [file.path]);
  await waitForCard(bob, { says: /Accept/ });
  // The copy for a reload is in memory in a private window, which Ann's is; in others on the disk.
  await waitForCard(ann, { says: wholeRead, timeout: 300_000 });
  await collectGarbage([ann, bob]);
  const before = await browserMemory(chromium);
  const memory = new MemoryWatch(chromium);
  const start = performance.now();
  await bob.press("Accept: stream.bin");
  await waitForCard(ann, { says: /Complete/, timeout: 1_200_000 });
  const seconds = (performance.now() - start) / 1000;
  const peak = await memory.stop() - before;
  await collectGarbage([ann, bob]);
  const kept = await browserMemory(chromium) - idle;
  const rate = `${(file.size / 1e6 / seconds).toFixed(1)} MB/s`;
  console.log(
    `2 GB in ${Math.round(seconds)} s, ${rate}; memory of both: ${megabytes(peak)} more at most, ` +
      `${megabytes(kept)} more in the end`,
  );
  assertLess(peak, 200_000_000);
  assertLess(kept, 60_000_000);
  assertEquals(await keptFiles(bob), { chosen: file.digests });
  assertEquals(await allComplaints([ann, bob]), []);
});

testInTown("a file goes on after a cut of the network", { people: 2 }, async (town) => {
  const { network, join, machine } = town;
  const [ann, bob] = [await join(0), await join(1)];
  await waitForTiles([ann, bob], 1);
  await givePlace(bob, { kind: "kept" });
  for (const peer of [ann, bob]) await peer.press(/^Chat/);
  await using file = await makeFile("long.bin", 60_000_000);
  await offerFiles(ann, [file.path]);
  await bob.press("Accept: long.bin");
  await waitForCard(bob, { says: /[1-9][\d.]* MB of 60 MB/ });
  await network.drop(...allOf(machine(0)));
  const before = await fileCards(bob);
  await lasting(10_000);
  await network.restore();
  const start = performance.now();
  await waitForCard(ann, { says: /Complete/, timeout: 120_000 });
  const seconds = Math.round((performance.now() - start) / 1000);
  console.log(`cut at "${before.at(-1)}", whole ${seconds} s after the network`);
  await waitFor(async () => /complete/i.test((await fileCards(bob)).at(-1) ?? ""), {
    what: "Bob's file to be whole",
  });
});
