// Without any one of the checks of the sealing code, at least one test of it fails.

import { expectAllNoticed, expectChecks, type MutationRun } from "../../mutation_run.ts";
import { isLong } from "../../seeds.ts";
import { mutations } from "./mutations.ts";

const run: MutationRun = {
  mutations,
  folder: "mesh",
  parts: [
    ...["deno.json", "import_map.json", "app/deno.json", "protocol", "signaling", "mesh"],
    ...["tests/assert.ts", "tests/chance.ts", "tests/seeds.ts", "tests/deno.lock", "tests/evil"],
    ...["tests/mesh", "tests/signaling"],
  ],
  isNoticing: (path) => /^tests\/mesh\/sealing\/\w*(?<!mutations|property)_test\.ts$/.test(path),
};

Deno.test("each check of the sealing code is found where it is said to be", async () => {
  await expectChecks(run);
});

Deno.test({
  name: "without any one check of the sealing code a test fails",
  ignore: !isLong,
  fn: async () => await expectAllNoticed(run),
});
