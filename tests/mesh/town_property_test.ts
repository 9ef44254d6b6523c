/**
 * Whatever happens to the sockets of a few people, in the end all are in the room and linked, and
 * each line was received once.
 */
import fc from "fast-check";
import { slots } from "../../mesh/events.ts";
import { assert, assertEquals, assertGreaterOrEqual } from "../assert.ts";
import { assertProperty } from "../seeds.ts";
import { graceMs, Town } from "./town.ts";
import type { Person } from "./town_person.ts";

const names = ["ann", "bob", "cid"];
const who = fc.nat(names.length - 1);
type Act =
  | ("join" | "leave" | "say" | "cut" | "kill" | "carry" | "task" | "wake")
  | ("crash" | "start" | "move" | "part" | "meet");
const act = (name: Act) => fc.record({ do: fc.constant(name), who });
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: act("join") },
    { weight: 1, arbitrary: act("leave") },
    { weight: 4, arbitrary: act("say") },
    { weight: 2, arbitrary: act("cut") },
    { weight: 1, arbitrary: act("kill") },
    { weight: 1, arbitrary: act("wake") },
    { weight: 1, arbitrary: act("crash") },
    { weight: 2, arbitrary: act("start") },
    { weight: 1, arbitrary: act("move") },
    { weight: 1, arbitrary: act("part") },
    { weight: 4, arbitrary: act("meet") },
    { weight: 24, arbitrary: act("carry") },
    { weight: 20, arbitrary: act("task") },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("turn" as const),
        who,
        slot: fc.constantFrom(...slots),
        on: fc.boolean(),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("pass" as const),
        who,
        ms: fc.constantFrom(500, 500, 3_000, graceMs),
      }),
    },
  ),
  { minLength: 40, maxLength: 160, size: "max" },
);
type Step = (typeof steps) extends fc.Arbitrary<(infer S)[]> ? S : never;

function carryOut(town: Town, step: Step): Promise<void> | void {
  const person = town.people[step.who];
  assert(person);
  switch (step.do) {
    case "join":
      return person.session.join({ room: "town", name: person.name });
    case "leave":
      return person.session.leave();
    case "say":
      return person.say();
    case "cut":
      return town.cut(person);
    case "kill":
      return town.kill(person);
    case "wake":
      return person.page.wake();
    case "carry":
      return town.carry(person);
    case "task":
      return town.task(person);
    case "crash":
      return town.crash();
    case "start":
      return town.start();
    case "move":
      return town.paths.move(person);
    case "part":
      return town.paths.cut(person, town.people.at(step.who - 1) ?? person);
    case "meet":
      return town.paths.step();
    case "turn":
      return person.turn(step.slot, step.on);
    case "pass":
      return town.pass(step.ms);
    default:
      step satisfies never;
  }
}

/** Nobody receives a line twice; a member who never left has every own line confirmed. */
function expectLinesOnce(person: Person, left: ReadonlySet<number>, index: number): void {
  const refs = person.lines.map(({ ref }) => ref);
  assertEquals(new Set(refs).size, refs.length, `${person.name} is told each line once`);
  if (left.has(index)) return;
  for (const ref of person.said) assert(refs.includes(ref), `${person.name} got ${ref} back`);
}

Deno.test("three people around the real core agree after any losses, leaves, shares and lines", async () => {
  const reached = { resumes: 0, lines: 0, cuts: 0, restarts: 0, carried: 0 };
  await assertProperty(
    fc.asyncProperty(fc.boolean(), steps, async (inside, script) => {
      const town = new Town(names);
      const left = new Set<number>();
      if (inside) {
        for (const { session, name } of town.people) session.join({ room: "town", name });
        await town.settle();
      }
      for (const step of script) {
        if (step.do === "leave") left.add(step.who);
        await carryOut(town, step);
      }
      await town.settle();
      town.expectHarmony();
      town.people.forEach((person, index) => expectLinesOnce(person, left, index));
      town.close();
      reached.carried += town.paths.carried;
      for (const key of ["resumes", "lines", "cuts", "restarts"] as const) {
        reached[key] += town.reached[key];
      }
    }),
    { numRuns: 300 },
  );
  const words = JSON.stringify(reached);
  assertGreaterOrEqual(reached.cuts, 150, words);
  assertGreaterOrEqual(reached.resumes, 60, words);
  assertGreaterOrEqual(reached.lines, 500, words);
  assertGreaterOrEqual(reached.restarts, 60, words);
  assertGreaterOrEqual(reached.carried, 100, words);
});
