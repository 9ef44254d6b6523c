import { Frames } from "../../../mesh/processing/noise/frames.ts";
import { assertEquals } from "../../assert.ts";

/** What comes out for 0, 1, 2, … in blocks. */
function counted(
  { frame, block, blocks }: { frame: number; block: number; blocks: number },
): number[] {
  const frames = new Frames({ frame, block, filter: () => {} });
  return Array.from({ length: blocks }, (_, at) => {
    const output = new Float32Array(block);
    frames.pass(Float32Array.from({ length: block }, (_, index) => at * block + index + 1), output);
    return [...output];
  }).flat();
}

Deno.test("sound in blocks of 128 comes out of frames of 480 whole, 448 samples late", () => {
  assertEquals(Frames.delay({ frame: 480, block: 128 }), 448);
  const out = counted({ frame: 480, block: 128, blocks: 60 });
  assertEquals(out.slice(0, 449), [...Array.from({ length: 448 }, () => 0), 1]);
  assertEquals(out.slice(448), Array.from({ length: 60 * 128 - 448 }, (_, at) => at + 1));
});

Deno.test("no size of blocks or frames loses a sample or changes the delay", () => {
  for (const frame of [1, 7, 30, 480]) {
    for (const block of [1, 2, 45, 128, 480, 1_000]) {
      const delay = Frames.delay({ frame, block });
      const out = counted({ frame, block, blocks: 20 });
      const expected = Array.from({ length: out.length }, (_, at) => Math.max(0, at + 1 - delay));
      assertEquals(out, expected, `frames of ${frame}, blocks of ${block}`);
    }
  }
});
