/** Sealed rooms among honest people, around the server's real core. */
import { assert, assertEquals } from "../../assert.ts";
import { Town } from "../town.ts";
import type { Person } from "../town_person.ts";

const secret = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

async function sealedTown(...names: string[]): Promise<Town> {
  const town = new Town(names);
  for (const { session, name } of town.people) session.join({ room: "town", name, secret });
  await town.run(10);
  return town;
}

/** The trust of each in each other, by name. */
function trusts({ people }: Town): string[] {
  return people.flatMap(({ name, session }) =>
    session.roster.peers.map((peer) =>
      `${name} ${peer.name} ${JSON.stringify(session.trust.of(peer.peerId))}`
    )
  );
}

function texts({ lines }: Person): (string | null)[] {
  return lines.map(({ text }) => text);
}

Deno.test("people in a sealed room verify each other, see names and states, and are linked", async () => {
  const town = await sealedTown("ann", "bob", "cid");
  assertEquals(
    new Set(trusts(town).map((line) => line.split(" ")[2])),
    new Set(['{"kind":"verified"}']),
  );
  assertEquals(trusts(town).length, 6);
  town.expectHarmony();
  town.close();
});

Deno.test("lines, changes, answers and private lines arrive in a sealed room", async () => {
  const town = await sealedTown("ann", "bob", "cid");
  const [ann, bob, cid] = town.people;
  assert(ann && bob && cid);
  ann.say("one");
  bob.say("two");
  ann.say("three");
  await town.run(5);
  ann.change("three!");
  const to = bob.session.roster.peers.find(({ name }) => name === "ann")?.peerId;
  assert(to !== undefined && bob.session.chat.send("psst", { to }));
  await town.run(5);
  assertEquals(texts(ann).toSorted(), ["one", "psst", "three!", "two"]);
  assertEquals(texts(bob).toSorted(), ["one", "psst", "three!", "two"]);
  assertEquals(texts(cid).toSorted(), ["one", "three!", "two"]);
  town.close();
});
