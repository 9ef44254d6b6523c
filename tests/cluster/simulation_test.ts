// Random lives of a cluster. `deno task test` runs a few, the same ones each time, so that it is
// red only for a change that it tests; `deno task test:long` runs 10,000.

import { LocalHost } from "../../signaling/shell/local_host.ts";
import { assert, assertEquals } from "../assert.ts";
import { eachSeed, isLong } from "../seeds.ts";
import { nothingReached, type Reached } from "./reached.ts";
import { runSeed, traceOf } from "./run_seed.ts";
import { simulate } from "./simulation.ts";

/** How many simulations one seed of a long run stands for. */
const sliceLength = 500;
const usualLength = 300;
/** One simulation to repeat. */
const wanted = Deno.env.get("PARLEY_SIMULATION");

/** Each thing that simulations are for has happened. */
function expectAll(reached: Reached): void {
  for (const [what, count] of Object.entries(reached)) {
    assert(count > 0, `never reached: ${what} in ${JSON.stringify(reached)}`);
  }
}

Deno.test("whatever fails in a cluster, in the end everybody sees the same, and nothing is lost", async () => {
  if (wanted !== undefined) return await runSeed(Number(wanted), nothingReached());
  await eachSeed(async (slice) => {
    const reached = nothingReached();
    const length = isLong ? sliceLength : usualLength;
    const first = (slice - 1) * length + 1;
    for (let seed = first; seed < first + length; seed++) await runSeed(seed, reached);
    expectAll(reached);
  }, { usual: 1 });
});

Deno.test("one node without a cluster passes the same simulation", async () => {
  for (let seed = 1; seed <= 20; seed++) {
    await simulate({
      seed,
      nodes: 1,
      allowed: ["cut", "die", "crash", "reload", "stop"],
      makeHost: (given) => new LocalHost(given),
    });
  }
});

Deno.test("the same seed is the same simulation", async () => {
  for (const seed of [5, 6, 7]) assertEquals(await traceOf(seed), await traceOf(seed));
});
