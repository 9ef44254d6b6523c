/**
 * A restart of the server changes nothing in a call: no offer, no link, no line, no order of lines.
 */
import fc from "fast-check";
import { type SessionEvent, subscribeAll } from "./room_rig.ts";
import { assert, assertEquals, assertGreaterOrEqual, assertStrictEquals } from "../assert.ts";
import { assertProperty } from "../seeds.ts";
import { Town } from "./town.ts";
import type { Person } from "./town_person.ts";

const names = ["ann", "bob", "cid", "dan"];
const who = fc.nat(names.length - 1);
const act = (name: "say" | "hand" | "carry") => fc.record({ do: fc.constant(name), who });
const moment = (name: "crash" | "start" | "meet") => fc.record({ do: fc.constant(name), who });
const steps = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: moment("crash") },
    { weight: 2, arbitrary: moment("start") },
    { weight: 3, arbitrary: moment("meet") },
    { weight: 4, arbitrary: act("say") },
    { weight: 2, arbitrary: act("hand") },
    { weight: 16, arbitrary: act("carry") },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant("pass" as const),
        who,
        ms: fc.constantFrom(500, 5_000),
      }),
    },
  ),
  { minLength: 30, maxLength: 120, size: "max" },
);
type Step = (typeof steps) extends fc.Arbitrary<(infer S)[]> ? S : never;

function carryOut(town: Town, step: Step): void {
  const person = town.people[step.who];
  assert(person);
  switch (step.do) {
    case "say":
      return person.say();
    case "hand":
      return person.session.presence.change({ hand: !person.session.presence.state.hand });
    case "carry":
      return town.carry(person);
    case "crash":
      // A line that only the server received is lost if the server ends before the others are back.
      return town.people.every(({ session }) => session.state.kind === "joined")
        ? town.crash()
        : undefined;
    case "start":
      return town.start();
    case "meet":
      return town.paths.step();
    case "pass":
      town.paths.step();
      return town.pass(step.ms);
    default:
      step satisfies never;
  }
}

/** Everything that a restart must not change. */
function linksOf(town: Town): unknown {
  return town.people.map(({ session, fakes }) => [
    fakes.map(({ connectionState, currentLocal, currentRemote }) => [
      connectionState,
      currentLocal?.version,
      currentRemote?.version,
    ]),
    session.roster.peers.map(({ peerId }) => [peerId, session.links.stateOf(peerId)]),
  ]);
}

/** Everybody has each line once, in one order, except for lines that a lost echo moved. */
function expectOneChat(town: Town): void {
  const said = town.people.flatMap((person) => [...person.said]).toSorted();
  const stayed = (ref: string) => town.places.get(ref)?.size === 1;
  const order = (person: Person) => person.lines.map(({ ref }) => ref).filter(stayed);
  for (const person of town.people) {
    assertEquals(person.lines.map(({ ref }) => ref).toSorted(), said, `all at ${person.name}`);
    const [first] = town.people;
    assert(first);
    assertEquals(order(person), order(first), `the order at ${person.name}`);
  }
}

function newReached() {
  return { restarts: 0, carried: 0, lines: 0 };
}

async function play(script: readonly Step[], reached: ReturnType<typeof newReached>) {
  const town = new Town(names);
  for (const { session, name } of town.people) session.join({ room: "town", name });
  await town.settle();
  const before = linksOf(town);
  const told: SessionEvent["type"][] = [];
  for (const { session } of town.people) subscribeAll(session, ({ type }) => told.push(type));
  for (const step of script) carryOut(town, step);
  await town.settle();
  town.expectHarmony();
  assertEquals(linksOf(town), before, "no connection was touched");
  for (const type of ["peer-joined", "peer-left", "link", "track"] as const) {
    assertEquals(told.includes(type), false, `nobody is told of ${type}`);
  }
  expectOneChat(town);
  town.close();
  reached.restarts += town.reached.restarts;
  reached.carried += town.paths.carried;
  reached.lines += town.places.size;
}

Deno.test("whatever the server goes through, the call goes on untouched and no line is lost", async () => {
  const reached = newReached();
  await assertProperty(fc.asyncProperty(steps, (script) => play(script, reached)), { numRuns: 60 });
  const words = JSON.stringify(reached);
  assertGreaterOrEqual(reached.restarts, 30, words);
  assertGreaterOrEqual(reached.carried, 60, words);
  assertGreaterOrEqual(reached.lines, 200, words);
});

Deno.test("without a server a screen is shared, hands go up, and who moves is heard again soon after it is back", async () => {
  const town = new Town(names);
  for (const { session, name } of town.people) session.join({ room: "town", name });
  await town.settle();
  const [ann, bob] = town.people;
  assert(ann && bob);
  const [connection] = ann.living();
  town.crash();
  ann.turn("screen", true);
  bob.session.presence.change({ hand: true });
  await town.run(2);
  const seen = bob.session.roster.peers.find(({ name }) => name === "ann");
  assert(seen?.state.screen && bob.session.links.trackOf(seen.peerId, "screen"));
  assertEquals(ann.session.roster.peers.find(({ name }) => name === "bob")?.state.hand, true);
  town.paths.move(ann);
  await town.run(10);
  assertEquals(bob.session.links.stateOf(seen.peerId)?.kind, "reconnecting");
  town.start();
  await town.run(5);
  assertEquals(bob.session.links.stateOf(seen.peerId)?.kind, "connected");
  assertStrictEquals(ann.living()[0], connection);
  await town.settle();
  town.expectHarmony();
  town.close();
});
