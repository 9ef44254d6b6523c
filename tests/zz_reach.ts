import fc from "fast-check";
import { act } from "/tmp/d/tests/signaling/core/acting.ts";
import { action } from "/tmp/d/tests/signaling/core/actions.ts";
import { nothingReached } from "/tmp/d/tests/signaling/core/reached.ts";
import { World } from "/tmp/d/tests/signaling/core/world.ts";
const script = fc.array(action, { minLength: 60, maxLength: 160, size: "max" });
for (let seed=1; seed<=14; seed++) {
  const reached = nothingReached();
  fc.assert(fc.property(script, fc.boolean(), (steps, hasHistory) => {
      const world = new World(reached, hasHistory ? "while-occupied" : "none");
      for (const step of steps) act(world, step);
      world.end();
  }), { numRuns: 2500, seed });
  console.log(JSON.stringify(reached));
}
