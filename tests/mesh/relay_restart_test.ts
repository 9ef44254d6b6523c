/** The server is the relay of every link, so with it ends the media, until new paths are found. */
import { assert, assertEquals, assertGreaterOrEqual } from "../assert.ts";
import { Town } from "./town.ts";

const names = ["ann", "bob", "cid", "dan"];

/** A call of four that is relayed by its server; everybody sends, so that a loss is seen. */
async function relayedTown(): Promise<Town> {
  const town = new Town(names, { isRelayed: true });
  for (const { session, name } of town.people) {
    session.join({ room: "town", name });
    session.presence.change({ microphone: true });
  }
  await town.settle();
  return town;
}

/** How often each living connection has got another path since. */
function pathsFound({ people, paths }: Town): number[] {
  return people.flatMap((person) => person.living().map((fake) => paths.used.get(fake)?.size ?? 0));
}

const outages = { "before anybody notices": 0.5, "after all links have stalled": 4 };

for (const [when, seconds] of Object.entries(outages)) {
  Deno.test(`a server that relayed everything is back ${when}: each link finds one new path within 5 s`, async () => {
    const town = await relayedTown();
    const connections = town.people.map((person) => person.living());
    assertEquals(pathsFound(town), Array(12).fill(1));
    town.crash();
    await town.run(seconds);
    for (const person of town.people) person.say();
    town.start();
    await town.run(5);
    town.expectHarmony();
    assertEquals(pathsFound(town), Array(12).fill(2), "one restart for each link");
    await town.settle();
    assertEquals(pathsFound(town), Array(12).fill(2), "and none later");
    assertEquals(town.people.map((person) => person.living()), connections, "the connections stay");
    for (const { lines } of town.people) {
      assertEquals(lines.map(({ name }) => name).toSorted(), names, "each line once");
    }
    town.close();
  });
}

Deno.test("links whose relay ends again and again, at any time of their repair, are all well in the end", async () => {
  const town = await relayedTown();
  for (let round = 0; round < 12; round++) {
    town.crash();
    await town.run(round % 5 * 2);
    town.start();
    await town.run(round % 4);
  }
  await town.settle();
  town.expectHarmony();
  assert(Math.min(...pathsFound(town)) > 0);
  assertGreaterOrEqual(town.reached.restarts, 12);
  town.close();
});
