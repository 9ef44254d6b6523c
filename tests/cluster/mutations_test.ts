// Without any one of the things that its invariants rest on, simulations of a cluster fail.

import { expectAllNoticed, expectChecks, type MutationRun } from "../mutation_run.ts";
import { isLong } from "../seeds.ts";
import { mutations } from "./mutations.ts";

const run: MutationRun = {
  mutations,
  folder: "signaling",
  parts: [
    ...["deno.json", "import_map.json", "app/deno.json", "protocol", "signaling", "mesh"],
    ...["tests/assert.ts", "tests/chance.ts", "tests/seeds.ts", "tests/deno.lock"],
    ...["tests/cluster", "tests/signaling/core", "tests/mesh/link", "tests/mesh/signaling"],
  ],
  isNoticing: (path) => path === "tests/cluster/simulation_test.ts",
  // The same 2,000 simulations for each.
  env: { PARLEY_SEEDS: "1..4" },
};

Deno.test("what the invariants of a cluster rest on is found where it is said to be", async () => {
  await expectChecks(run);
});

Deno.test({
  name: "without any one of the things that its invariants rest on, a simulation fails",
  ignore: !isLong,
  fn: async () => await expectAllNoticed(run),
});
