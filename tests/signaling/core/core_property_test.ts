import fc from "fast-check";
import { assertGreater } from "../../assert.ts";
import { assertProperty } from "../../seeds.ts";
import { act } from "./acting.ts";
import { action } from "./actions.ts";
import { nothingReached } from "./reached.ts";
import { World } from "./world.ts";

// About half of what a run reaches; an eighth of what is rare, which varies much with the seed.
const least = {
  joins: 6500,
  moves: 3300,
  relays: 15,
  lines: 700,
  privates: 87,
  edits: 22,
  history: 37,
  leaves: 1900,
  resumes: 2400,
  replaced: 87,
  lost: 2200,
  full: 10,
  refusals: 50000,
  hands: 15,
  reactions: 700,
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
  sealed: 600,
  unsealed: 45,
  linkChanged: 22,
  cards: 600,
  hellos: 100,
  sealedLines: 500,
  notes: 7,
  doors: 62,
  lateDoors: 55,
  sealedKnocks: 0,
  oldLinks: 20,
  takenIds: 15,
  taken: 5,
  lent: 4,
  deletedLines: 0,
  reasons: 1,
  ended: 3,
  outsideHours: 0,
  continued: 25,
  marks: 20,
  marksAsked: 2,
  pins: 50,
  rings: 90,
  letIn: 0,
  claims: 30,
  takenOver: 15,
};

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
  for (const [what, count] of Object.entries(least)) {
    const seen = Object.entries(reached).find(([name]) => name === what)?.[1] ?? 0;
    assertGreater(seen, count, `the scripts reached too few ${what}: ${seen}`);
  }
});
