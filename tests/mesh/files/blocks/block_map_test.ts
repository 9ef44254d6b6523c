/** Sets of blocks, and how a file is cut. */
import fc from "fast-check";
import { BlockMap } from "../../../../mesh/files/blocks/block_map.ts";
import {
  blockLimits,
  layoutFor,
  sharedBytes,
  spanOf,
} from "../../../../mesh/files/blocks/layout.ts";
import { assert, assertEquals, assertLessOrEqual } from "../../../assert.ts";
import { assertProperty } from "../../../seeds.ts";

Deno.test("a map of blocks comes back from its text", async () => {
  await assertProperty(
    fc.property(
      fc.integer({ min: 0, max: 300 }),
      fc.array(fc.nat(320)),
      (count, blocks) => {
        const map = new BlockMap(count);
        for (const block of blocks) {
          const isNew = block < count && !map.has(block);
          assertEquals(map.add(block), isNew);
        }
        const copy = BlockMap.decode(count, map.encode());
        assert(copy);
        for (let block = 0; block < count; block++) assertEquals(copy.has(block), map.has(block));
        assertEquals(copy.size, map.size);
      },
    ),
    { numRuns: 200, usual: 5 },
  );
});

Deno.test("a text of another length, or with blocks that are not there, is no map", () => {
  assertEquals(BlockMap.decode(8, new BlockMap(9).encode()), undefined);
  assertEquals(BlockMap.decode(7, BlockMap.full(8).encode()), undefined);
  assertEquals(BlockMap.decode(8, "%"), undefined);
});

Deno.test("the blocks of a file are all of it, once, and not too many", async () => {
  await assertProperty(
    fc.property(fc.integer({ min: 0, max: sharedBytes }), (size) => {
      const layout = layoutFor(size);
      assertLessOrEqual(layout.count, blockLimits.mostCount);
      assertLessOrEqual(layout.blockBytes, blockLimits.mostBytes);
      if (layout.count === 0) return assertEquals(size, 0);
      const { at, length } = spanOf(layout, layout.count - 1);
      assertEquals(at + length, size);
      assert(length > 0);
    }),
    { numRuns: 200, usual: 5 },
  );
});
