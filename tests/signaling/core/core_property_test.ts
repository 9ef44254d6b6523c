import fc from "fast-check";
import { assertGreater } from "../../assert.ts";
import { assertProperty, isLong } from "../../seeds.ts";
import { act } from "./acting.ts";
import { action } from "./actions.ts";
import { nothingReached } from "./reached.ts";
import { World } from "./world.ts";

// About half of what a run reaches; less of what is rare, which varies much with the seed.
const least = {
  joins: 6500,
  moves: 2000,
  relays: 15,
  lines: 700,
  privates: 87,
  edits: 22,
  history: 37,
  leaves: 1200,
  resumes: 2400,
  replaced: 87,
  lost: 2200,
  full: 10,
  refusals: 50000,
  hands: 15,
  reactions: 400,
  ownerKeys: 6000,
  locked: 5,
  takenOut: 15,
  notOwner: 2500,
  knocks: 25,
  admitted: 5,
  muteRequests: 5,
  passwords: 12,
  sealedJoins: 3300,
  sealedResumes: 800,
  sealed: 400,
  unsealed: 45,
  linkChanged: 22,
  cards: 450,
  hellos: 100,
  sealedLines: 350,
  notes: 7,
  doors: 62,
  lateDoors: 55,
  oldLinks: 20,
  takenIds: 15,
  taken: 5,
  lent: 4,
  reasons: 1,
  ended: 3,
  continued: 25,
  marks: 20,
  pins: 50,
  rings: 90,
  claims: 30,
  takenOver: 15,
};

/** What a run with one seed may miss: `deno task test:long` asks for it. */
const rare = { sealedKnocks: 5, deletedLines: 5, outsideHours: 5, letIn: 2, marksAsked: 5 };

Deno.test("every invariant of the core holds after every step of long random scripts", async () => {
  const reached = nothingReached();
  const script = fc.array(action, { minLength: 60, maxLength: 160, size: "max" });
  await assertProperty(
    fc.property(script, fc.boolean(), (steps, hasHistory) => {
      const world = new World(reached, hasHistory ? "while-occupied" : "none");
      for (const step of steps) act(world, step);
      world.end();
    }),
    { numRuns: 2_500 },
  );
  for (const [what, count] of Object.entries({ ...least, ...isLong && rare })) {
    const seen = Object.entries(reached).find(([name]) => name === what)?.[1] ?? 0;
    assertGreater(seen, count, `the scripts reached too few ${what}: ${seen}`);
  }
});
