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

Deno.test("both ends of a link get the same safety words and the other's identity, and nobody else the same", async () => {
  const town = await sealedTown("ann", "bob", "cid");
  const all = town.people.flatMap(({ name, session }) =>
    session.roster.peers.map(({ peerId, name: other }) => {
      assertEquals(session.trust.viewsDiffer(peerId), false);
      const them = town.people.find((person) => person.name === other);
      assertEquals(session.trust.identity(peerId), them?.session.trust.sealed?.talk.selfIdentity);
      const words = session.trust.words(peerId);
      assert(words !== undefined && words.length === 7 && words.every((word) => word < 64));
      return { pair: [name, other].toSorted().join(), words: words.join() };
    })
  );
  assertEquals(new Set(all.map(({ pair, words }) => `${pair} ${words}`)).size, 3);
  assertEquals(new Set(all.map(({ words }) => words)).size, 3);
  town.close();
});

Deno.test("the server restarts: nobody is verified anew, and the chat goes on in order", async () => {
  const town = await sealedTown("ann", "bob", "cid");
  const [ann, bob, cid] = town.people;
  assert(ann && bob && cid);
  const events: string[] = [];
  for (const { session } of town.people) {
    session.trust.subscribe(({ type }) => events.push(type));
    session.chat.subscribe(({ type }) => {
      if (type === "chat-missing") events.push(type);
    });
  }
  ann.say("one");
  await town.run(2);
  town.crash();
  bob.say("two");
  await town.run(2);
  town.start();
  await town.run(30);
  cid.say("three");
  await town.run(3);
  assertEquals(events, []);
  for (const person of town.people) assertEquals(texts(person), ["one", "two", "three"]);
  town.expectHarmony();
  town.close();
});

Deno.test("an owner removes a member: the others get a new secret, and the old link opens nothing", async () => {
  const town = await sealedTown("ann", "bob", "cid");
  const [ann, bob, cid] = town.people;
  assert(ann && bob && cid);
  const owner = town.people.find(({ session }) =>
    session.owners.credentials.ownerKey !== undefined
  );
  assert(owner !== undefined);
  const removed = owner.session.roster.peers.at(-1);
  assert(removed !== undefined);
  owner.session.send({ type: "remove", peerId: removed.peerId, ban: false });
  await town.run(10);
  const left = town.people.filter(({ session }) => session.state.kind === "left");
  assertEquals(left.map(({ name }) => name), [removed.name]);
  const others = town.people.filter((person) => !left.includes(person));
  const secrets = others.map(({ session }) => session.trust.secret);
  assertEquals(new Set(secrets).size, 1);
  assert(secrets[0] !== secret && secrets[0]?.endsWith(".1"));
  await town.run(40);
  for (const one of trusts(town)) assert(one.endsWith('{"kind":"verified"}'), one);
  others[0]?.say("alone");
  await town.run(3);
  for (const person of others) assertEquals(texts(person).at(-1), "alone");
  left[0]?.session.join({ room: "town", name: "eve", secret });
  await town.run(5);
  assertEquals(left[0]?.session.state, { kind: "left", room: "town", reason: "link-changed" });
  left[0]?.session.join({ room: "town", name: "eve", secret: secrets[0] });
  await town.run(10);
  assertEquals(trusts(town).length, 6);
  for (const one of trusts(town)) assert(one.endsWith('{"kind":"verified"}'), one);
  town.expectHarmony();
  town.close();
});

Deno.test("a person who leaves and joins again is verified anew, with the state from before", async () => {
  const town = await sealedTown("ann", "bob");
  const [ann, bob] = town.people;
  assert(ann && bob);
  ann.turn("camera", true);
  await town.run(3);
  ann.session.leave();
  await town.run(3);
  ann.session.join({ room: "town", name: "ann", secret });
  await town.run(10);
  town.expectHarmony();
  ann.session.leave();
  ann.turn("camera", false);
  ann.session.join({ room: "town", name: "ann", secret });
  ann.turn("camera", true);
  await town.run(10);
  assertEquals(trusts(town).length, 2);
  for (const one of trusts(town)) assert(one.endsWith('{"kind":"verified"}'), one);
  town.expectHarmony();
  town.close();
});
