/** The scenarios over the fake connection; contract_test.ts runs the same ones in real browsers. */
import { LinkPair } from "./link_pair.ts";
import { scenarios } from "./link_scenarios.ts";

for (const [name, scenario] of Object.entries(scenarios)) {
  Deno.test(`over the fake: ${name}`, async () => {
    const pair = new LinkPair();
    await scenario(pair);
    pair.close();
  });
}
