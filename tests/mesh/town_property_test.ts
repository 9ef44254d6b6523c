/** Whatever happens to the sockets of a few people, in the end everybody is there, linked, and heard once. */
import fc from "fast-check";
import { slots } from "../../mesh/events.ts";
import { assert, assertEquals, assertGreaterOrEqual } from "../assert.ts";
import { graceMs, type Person, Town } from "./town.ts";

const names = ["ann", "bob", "cid"];
const who = fc.nat(names.length - 1);
const act = (name: "join" | "leave" | "say" | "cut" | "kill" | "carry" | "task" | "wake") =>
  fc.record({ do: fc.constant(name), who });
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: act("join") },
    { weight: 1, arbitrary: act("leave") },
    { weight: 4, arbitrary: act("say") },
    { weight: 2, arbitrary: act("cut") },
    { weight: 1, arbitrary: act("kill") },
    { weight: 1, arbitrary: act("wake") },
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
    case "turn":
      return person.turn(step.slot, step.on);
    case "pass":
      return town.pass(step.ms);
    default:
      step satisfies never;
  }
}

/** Nobody is told a line twice; who never left has got every own line back. */
function expectLinesOnce(person: Person, left: ReadonlySet<number>, index: number): void {
  const refs = person.lines.map(({ ref }) => ref);
  assertEquals(new Set(refs).size, refs.length, `${person.name} is told each line once`);
  if (left.has(index)) return;
  for (const ref of person.said) assert(refs.includes(ref), `${person.name} got ${ref} back`);
}

Deno.test("three people around the real core agree after any losses, leaves, shares and lines", async () => {
  const reached = { resumes: 0, arrivals: 0, lines: 0, cuts: 0 };
  await fc.assert(
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
      for (const key of ["resumes", "arrivals", "lines", "cuts"] as const) {
        reached[key] += town.reached[key];
      }
    }),
    { numRuns: 150 },
  );
  assertGreaterOrEqual(reached.cuts, 150, JSON.stringify(reached));
  assertGreaterOrEqual(reached.resumes, 100, JSON.stringify(reached));
  assertGreaterOrEqual(reached.lines, 500, JSON.stringify(reached));
});
