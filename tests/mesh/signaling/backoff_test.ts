import { backoff } from "../../../mesh/signaling/backoff.ts";
import { assert, assertEquals } from "../../assert.ts";

Deno.test("clients that lost their sockets together do not come back together", () => {
  for (const retry of ["back", "soon", "later"] as const) {
    const waits = [0, 0.25, 0.5, 0.75].map((random) => backoff(retry, { attempt: 3, random }));
    assertEquals(new Set(waits).size, 4, retry);
    assert(waits.every((wait) => wait >= 0));
  }
});
