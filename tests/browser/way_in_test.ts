// How many round trips between browser and server the way into a call takes.

import { assertEquals } from "../assert.ts";
import {
  countWayIn,
  joinByLink,
  launchChromium,
  openPeer,
  SlowLine,
  type Stage,
  stages,
  startServer,
  waitForChat,
  watchWayIn,
  type WayIn,
} from "../rig/mod.ts";

/** The most round trips until each stage of a first visit by a link that joins at once. */
const most: Readonly<Record<Stage, number>> = {
  page: 4,
  code: 5,
  socket: 5,
  list: 6,
  room: 6,
  answer: 8,
  link: 8,
  picture: 8,
};

/** A pause of a busy machine within a step adds to the count, so each try waits longer. */
const patience = [150, 300, 600];

/** The stages that took more, each with its count. */
function late({ stages: reached }: WayIn): string[] {
  return stages.filter((stage) => (reached[stage] ?? Infinity) > most[stage])
    .map((stage) => `${stage}: ${reached[stage]}`);
}

Deno.test("a first visit needs eight round trips to the server until the first picture", async () => {
  await using server = await startServer();
  await using line = new SlowLine(server.url);
  await using chromium = await launchChromium();
  await using host = await joinByLink(chromium, { server: line, room: "tea", name: "Host" });
  await waitForChat([host]);
  let tooLate: string[] = ["nothing measured"];
  for (line.quietMs of patience) {
    await using guest = await openPeer(chromium, `${server.url}/healthz`);
    await guest.page.evaluateOnNewDocument(watchWayIn);
    const link = line.room("tea", { name: "Guest", join: "1" });
    const way = await countWayIn({ line, page: guest.page, begin: () => guest.page.goto(link) });
    console.log(`round trips: ${JSON.stringify(way.stages)}`);
    tooLate = late(way);
    if (tooLate.length === 0) break;
  }
  assertEquals(tooLate, []);
});
