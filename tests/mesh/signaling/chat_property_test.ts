/**
 * Whatever happens to the sockets, everybody who stays has the same lines in the end, each once and
 * as last changed.
 */
import fc from "fast-check";
import { assert, assertEquals, assertGreaterOrEqual } from "../../assert.ts";
import { assertProperty } from "../../seeds.ts";
import { Town } from "../town.ts";
import type { Person } from "../town_person.ts";

const names = ["ann", "bob", "cid"];
const act = <T extends string>(name: T) =>
  fc.record({ do: fc.constant(name), who: fc.nat(names.length - 1) });
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: act("say") },
    { weight: 3, arbitrary: act("whisper") },
    { weight: 4, arbitrary: act("change") },
    { weight: 1, arbitrary: act("take back") },
    { weight: 2, arbitrary: act("cut") },
    { weight: 1, arbitrary: act("kill") },
    { weight: 20, arbitrary: act("carry") },
    { weight: 3, arbitrary: act("pause") },
  ),
  { minLength: 40, maxLength: 140, size: "max" },
);
type Step = (typeof steps) extends fc.Arbitrary<(infer S)[]> ? S : never;

let texts = 0;

function carryOut(town: Town, step: Step): void {
  const person = town.people[step.who];
  assert(person);
  switch (step.do) {
    case "say":
      return person.say();
    case "whisper":
      return person.whisper();
    case "change":
      return person.change(`text ${++texts}`);
    case "take back":
      return person.change(null);
    case "cut":
      return town.cut(person);
    case "kill":
      return town.kill(person);
    case "carry":
      return town.carry(person);
    case "pause":
      return town.pass(1_000);
    default:
      step satisfies never;
  }
}

/**
 * What this person must have: all public lines, and private ones to or from it, as last changed.
 */
function expectWhole(person: Person, everybody: readonly Person[]): void {
  const refs = person.lines.map(({ ref }) => ref);
  assertEquals(new Set(refs).size, refs.length, `${person.name} is told each line once`);
  for (const author of everybody) {
    for (const ref of author.said) {
      const own = author.lines.find((line) => line.ref === ref);
      assert(own, `${author.name} got ${ref} back`);
      const isFor = own.to === undefined || [own.name, own.to.name].includes(person.name);
      const seen = person.lines.find((line) => line.ref === ref);
      assertEquals(seen?.text, isFor ? own.text : undefined, `${person.name}'s copy of ${ref}`);
    }
  }
}

Deno.test("lines, whispers and changes reach whom they are for, once and at last the same", async () => {
  const reached = { lines: 0, whispers: 0, changed: 0, resumes: 0 };
  await assertProperty(
    fc.asyncProperty(steps, async (script) => {
      const town = new Town(names);
      for (const { session, name } of town.people) session.join({ room: "town", name });
      await town.settle();
      for (const step of script) carryOut(town, step);
      await town.settle();
      for (const person of town.people) expectWhole(person, town.people);
      for (const { to, changed } of town.people.flatMap(({ lines }) => lines)) {
        reached[to === undefined ? "lines" : "whispers"]++;
        if (changed !== undefined) reached.changed++;
      }
      reached.resumes += town.reached.resumes;
      town.close();
    }),
    { numRuns: 100 },
  );
  const words = JSON.stringify(reached);
  assertGreaterOrEqual(reached.lines, 800, words);
  assertGreaterOrEqual(reached.whispers, 500, words);
  assertGreaterOrEqual(reached.changed, 300, words);
  assertGreaterOrEqual(reached.resumes, 100, words);
});
