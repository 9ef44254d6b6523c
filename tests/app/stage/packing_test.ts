import { assert, assertEquals, assertLessOrEqual } from "../../assert.ts";
import { type Box, fillColumns, largestGrid, packGrid, wide } from "../../../app/stage/packing.ts";

const stage: Box = { x: 0, y: 0, width: 1416, height: 804 };
const besideChat: Box = { ...stage, width: 1044 };

/** How many boxes each row holds, top to bottom. */
function rows(boxes: readonly Box[]): number[] {
  const counts = new Map<number, number>();
  for (const { y } of boxes) counts.set(y, (counts.get(y) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b).map(([, count]) => count);
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

Deno.test("a desktop stage packs three as 2+1, five as 3+2, eight as 3+3+2 and nine as 3+3+3", () => {
  assertEquals(rows(packGrid(3, stage)), [2, 1]);
  assertEquals(rows(packGrid(5, stage)), [3, 2]);
  assertEquals(rows(packGrid(8, stage)), [3, 3, 2]);
  assertEquals(rows(packGrid(9, stage)), [3, 3, 3]);
});

Deno.test("beside the chat five are packed as 2+2+1", () => {
  assertEquals(rows(packGrid(5, besideChat)), [2, 2, 1]);
});

Deno.test("a short last row stands in the middle", () => {
  const boxes = packGrid(3, stage);
  const last = boxes[2];
  assert(last !== undefined);
  assertEquals(Math.round(last.x + last.width / 2), stage.width / 2);
});

Deno.test("a tie takes more columns", () => {
  // Two boxes of 100 × 100: side by side or one above the other they are equally small.
  const square = { gap: 0, ratio: 1 };
  assertEquals(largestGrid(2, { width: 200, height: 200, ...square }).columns, 2);
});

Deno.test("boxes keep their ratio, stay inside and never overlap, for 1 to 16 in any window", () => {
  for (const [width, height] of [[1416, 804], [796, 1096], [344, 596], [700, 300], [216, 804]]) {
    assert(width !== undefined && height !== undefined);
    for (let count = 1; count <= 16; count++) {
      const boxes = packGrid(count, { x: 5, y: 7, width, height });
      assertEquals(boxes.length, count);
      for (const [index, box] of boxes.entries()) {
        assertLessOrEqual(Math.abs(box.width / wide.ratio - box.height), 1);
        assert(box.x >= 5 && box.y >= 7, `${count} in ${width} × ${height}`);
        assert(box.x + box.width <= 5 + width + 1 && box.y + box.height <= 7 + height + 1);
        assert(!boxes.slice(index + 1).some((other) => overlap(box, other)));
      }
    }
  }
});

Deno.test("no other number of columns would give larger boxes", () => {
  for (let count = 1; count <= 16; count++) {
    const chosen = largestGrid(count, { ...stage, ...wide });
    for (let columns = 1; columns <= count; columns++) {
      const across = Math.ceil(count / columns);
      const width = Math.min(
        (stage.width - 8 * (columns - 1)) / columns,
        (16 / 9) * (stage.height - 8 * (across - 1)) / across,
      );
      assertLessOrEqual(Math.floor(width), chosen.width);
    }
  }
});

Deno.test("columns fill their area, and an odd last box takes its whole row", () => {
  const area = { x: 0, y: 0, width: 344, height: 596 };
  const boxes = fillColumns(3, { area, columns: 2, gap: 8 });
  assertEquals(boxes[2], { x: 0, y: 302, width: 344, height: 294 });
});
