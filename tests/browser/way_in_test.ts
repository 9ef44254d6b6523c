// How many round trips between browser and server the way into a call takes.

import { assertLessOrEqual } from "../assert.ts";
import {
  countWayIn,
  joinByLink,
  launchChromium,
  openPeer,
  SlowLine,
  type Stage,
  startServer,
  waitForChat,
  watchWayIn,
  type WayIn,
} from "../rig/mod.ts";

/** The most round trips until each stage of a first visit by a link that joins at once. */
const most: Readonly<Record<Stage, number>> = {
  page: 5,
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

function isGood({ stages }: WayIn): boolean {
  return Object.entries(most).every(([stage, limit]) =>
    (stages[stage as Stage] ?? Infinity) <= limit
  );
}

Deno.test("a first visit needs eight round trips to the server until the first picture", async () => {
  await using server = await startServer();
  await using line = new SlowLine(server.url);
  await using chromium = await launchChromium();
  await using host = await joinByLink(chromium, { server: line, room: "tea", name: "Host" });
  await waitForChat([host]);
  let way: WayIn | undefined;
  for (line.quietMs of patience) {
    await using guest = await openPeer(chromium, `${server.url}/healthz`);
    await guest.page.evaluateOnNewDocument(watchWayIn);
    const link = line.room("tea", { name: "Guest", join: "1" });
    way = await countWayIn({ line, page: guest.page, begin: () => guest.page.goto(link) });
    console.log(JSON.stringify(way.stages));
    if (isGood(way)) break;
  }
  for (const [stage, limit] of Object.entries(most)) {
    assertLessOrEqual(way?.stages[stage as Stage] ?? Infinity, limit, stage);
  }
});
