// How blurring gives way when a processor is too slow.

import { assertEquals } from "../../../assert.ts";
import {
  averaged,
  bestPace,
  type Pace,
  paceFor,
} from "../../../../mesh/processing/picture/pace.ts";

const after = (costs: { mask: number; rest: number }, current: Pace = bestPace) => {
  const pace = paceFor(costs, current);
  return pace && `${pace.maskEvery} at ${pace.rate}`;
};

Deno.test("the slower a processor, the fewer masks, then the fewer pictures, then none", () => {
  assertEquals(after({ mask: 15, rest: 5 }), "1 at 30");
  assertEquals(after({ mask: 30, rest: 6 }), "2 at 30");
  assertEquals(after({ mask: 60, rest: 10 }), "2 at 15");
  assertEquals(after({ mask: 120, rest: 20 }), "3 at 10");
  assertEquals(after({ mask: 400, rest: 60 }), "3 at 6");
  assertEquals(after({ mask: 1_100, rest: 60 }), undefined);
});

Deno.test("a better pace needs clearly more than it takes to keep one", () => {
  const costs = { mask: 17, rest: 7 };
  assertEquals(after(costs), "1 at 30");
  const slower = paceFor({ mask: 30, rest: 6 }, bestPace);
  assertEquals(after(costs, slower), "2 at 30");
  assertEquals(after({ mask: 12, rest: 6 }, slower), "1 at 30");
});

Deno.test("costs are averaged, and the first one counts whole", () => {
  assertEquals(averaged(undefined, 40), 40);
  assertEquals(averaged(40, 50), 41);
});
