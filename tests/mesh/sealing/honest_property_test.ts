/**
 * Honest people around an honest server: whatever happens to sockets, pages, the server and the
 * link, in the end all have verified each other, nobody has seen an alarm, and the chat is whole.
 */
import fc from "fast-check";
import { slots } from "../../../mesh/events.ts";
import { assert, assertEquals, assertGreaterOrEqual } from "../../assert.ts";
import { assertProperty, isLong } from "../../seeds.ts";
import { graceMs } from "../town.ts";
import type { Person } from "../town_person.ts";
import { SealedTown } from "./sealed_town.ts";

const names = ["ann", "bob", "cid", "dan"];
const who = fc.nat(names.length - 1);
type Act =
  | ("say" | "whisper" | "cut" | "kill" | "carry" | "task" | "wake" | "crash" | "start")
  | ("part" | "meet" | "move" | "reload" | "remove" | "offline" | "online" | "react" | "hand");
const act = (name: Act) => fc.record({ do: fc.constant(name), who });
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: act("say") },
    { weight: 1, arbitrary: act("whisper") },
    { weight: 2, arbitrary: act("cut") },
    { weight: 1, arbitrary: act("kill") },
    { weight: 1, arbitrary: act("wake") },
    { weight: 1, arbitrary: act("crash") },
    { weight: 2, arbitrary: act("start") },
    { weight: 1, arbitrary: act("move") },
    { weight: 1, arbitrary: act("part") },
    { weight: 1, arbitrary: act("reload") },
    { weight: 2, arbitrary: act("remove") },
    { weight: 1, arbitrary: act("offline") },
    { weight: 2, arbitrary: act("online") },
    { weight: 1, arbitrary: act("react") },
    { weight: 1, arbitrary: act("hand") },
    { weight: 4, arbitrary: act("meet") },
    { weight: 16, arbitrary: act("carry") },
    { weight: 12, arbitrary: act("task") },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant("turn" as const),
        who,
        slot: fc.constantFrom(...slots),
        on: fc.boolean(),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant("run" as const),
        who,
        seconds: fc.constantFrom(1, 1, 5, graceMs / 1_000, 40),
      }),
    },
  ),
  { minLength: 20, maxLength: 80, size: "max" },
);
type Step = (typeof steps) extends fc.Arbitrary<(infer S)[]> ? S : never;

/** The honest town of one run. */
class HonestTown extends SealedTown {
  readonly reached = { removals: 0, reloads: 0 };
  /** Who was removed or has begun anew, so that its lines may have ended with its page. */
  readonly interrupted = new Set<Person>();

  constructor() {
    super(names, { hasTabs: true });
  }

  /** Everybody who is not in the room gets its present link, and joins. */
  async gather(): Promise<void> {
    const { people } = this.town;
    for (const person of people) person.isOffline = false;
    await this.town.settle();
    const inside = people.find(({ session }) => session.state.kind === "joined");
    const used = inside?.session.trust.secret;
    for (const person of people) {
      const { kind } = person.session.state;
      if (kind !== "idle" && kind !== "left") continue;
      // Without the new link in time, the visit ends, and what waited ends with it.
      this.interrupted.add(person);
      await this.join(person.name, { used });
    }
    await this.town.settle();
  }

  async carryOut(step: Step): Promise<void> {
    const { town } = this;
    const person = town.people[step.who];
    assert(person);
    switch (step.do) {
      case "say":
        return person.say();
      case "whisper":
        return person.whisper();
      case "cut":
        return town.cut(person);
      case "kill":
        return town.kill(person);
      case "wake":
        return person.page.wake();
      case "carry":
        return town.carry(person);
      case "task":
        return await town.task(person);
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
      case "reload":
        return await this.#reload(person);
      case "remove":
        return this.#remove(person);
      case "offline":
        person.isOffline = true;
        return town.cut(person);
      case "online":
        person.isOffline = false;
        return person.page.wake();
      case "react":
        return void person.session.send({ type: "react", reaction: "heart" });
      case "hand":
        return person.session.presence.change({ hand: !person.session.presence.state.hand });
      case "turn":
        return person.turn(step.slot, step.on);
      case "run":
        return await this.run(step.seconds);
      default:
        step satisfies never;
    }
  }

  async #reload(person: Person): Promise<void> {
    const { trust: { secret: used }, state: { kind }, owners: { credentials } } = person.session;
    if (kind !== "joined" && kind !== "reconnecting") return;
    this.reached.reloads++;
    this.interrupted.add(person);
    person.reload();
    await this.join(person.name, { used, credentials });
  }

  /** The first owner removes somebody else. */
  #remove(person: Person): void {
    const owner = this.town.people.find((each) =>
      each !== person && each.session.owners.credentials.ownerKey !== undefined &&
      each.session.state.kind === "joined"
    );
    const peerId = person.session.roster.selfId;
    if (owner === undefined || owner.session.roster.find(peerId) === undefined) return;
    this.reached.removals++;
    this.interrupted.add(person);
    owner.session.send({ type: "remove", peerId, ban: false });
  }
}

/** Public lines have the same order wherever two people have both. */
function expectOneOrder({ people }: HonestTown["town"]): void {
  for (const one of people) {
    const refs = one.lines.map(({ ref }) => ref);
    assertEquals(new Set(refs).size, refs.length, `${one.name} is told each line once`);
    for (const other of people) {
      const theirs = other.lines.filter(({ to }) => to === undefined).map(({ ref }) => ref);
      const both = (all: string[], of: string[]) => all.filter((ref) => of.includes(ref));
      assertEquals(both(refs, theirs), both(theirs, refs), `${one.name} and ${other.name}`);
    }
  }
}

/** A welcome is opened after its socket was lost: what waits must go out after the next one. */
const lateWelcome: Step[] = [
  { do: "offline", who: 1 },
  { do: "online", who: 1 },
  { do: "carry", who: 1 },
  { do: "carry", who: 0 },
  { do: "carry", who: 0 },
  { do: "cut", who: 0 },
  { do: "online", who: 0 },
  { do: "online", who: 0 },
  { do: "task", who: 0 },
  { do: "meet", who: 0 },
  { do: "carry", who: 1 },
  { do: "crash", who: 0 },
  { do: "kill", who: 0 },
  { do: "start", who: 0 },
  { do: "whisper", who: 0 },
  { do: "start", who: 0 },
  { do: "remove", who: 0 },
  { do: "offline", who: 0 },
  { do: "cut", who: 0 },
  { do: "whisper", who: 1 },
  { do: "cut", who: 0 },
  { do: "remove", who: 0 },
  { do: "carry", who: 0 },
];

Deno.test("honest people see no alarm, and all are verified in the end", async () => {
  const reached = { removals: 0, reloads: 0, restarts: 0, cuts: 0, lines: 0, resumes: 0 };
  await assertProperty(
    fc.asyncProperty(fc.boolean(), steps, async (isCalm, script) => {
      const honest = new HonestTown();
      for (const name of names) await honest.join(name);
      if (isCalm) await honest.run(5);
      for (const step of script) await honest.carryOut(step);
      await honest.gather();
      honest.expectNoAlarm();
      honest.town.expectHarmony();
      for (const by of names) {
        for (const of of names) {
          if (by === of) continue;
          assertEquals(honest.trust(by, of), { kind: "verified" }, `${by} about ${of}`);
        }
      }
      expectOneOrder(honest.town);
      for (const person of honest.town.people) {
        if (honest.interrupted.has(person)) continue;
        const refs = person.lines.map(({ ref }) => ref);
        for (const ref of person.said) assert(refs.includes(ref), `${person.name} got ${ref} back`);
      }
      await honest.close();
      const happened = { ...honest.reached, ...honest.town.reached };
      for (const key of ["removals", "reloads", "restarts", "cuts", "lines", "resumes"] as const) {
        reached[key] += happened[key];
      }
    }),
    { numRuns: isLong ? 50 : 6, usual: 7, examples: [[false, lateWelcome]] },
  );
  assertGreaterOrEqual(reached.lines, 1, JSON.stringify(reached));
});
