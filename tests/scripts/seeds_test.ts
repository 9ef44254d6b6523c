import { assertEquals } from "../assert.ts";
import { seedRange } from "../seeds.ts";

Deno.test("a range of seeds has both its ends, and other text is none", () => {
  assertEquals(seedRange("3..5"), [3, 4, 5]);
  assertEquals(seedRange("7..7"), [7]);
  for (const text of ["", "5", "5..3", "-1..3", "a..b", "1...3", "1..3 "]) {
    assertEquals(seedRange(text), undefined, text);
  }
});
