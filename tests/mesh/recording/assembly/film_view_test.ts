// Who is large in a film, and where everybody is.

import { type Box, filmSize, layOut } from "../../../../mesh/recording/assembly/film_layout.ts";
import { SpeakerWatch } from "../../../../mesh/recording/assembly/speaker_watch.ts";
import { assert, assertEquals } from "../../../assert.ts";

const areaOf = ({ width, height }: Box) => width * height;

function overlap(one: Box, other: Box): boolean {
  return one.x < other.x + other.width && other.x < one.x + one.width &&
    one.y < other.y + other.height && other.y < one.y + one.height;
}

Deno.test("pictures of a film are within it, apart, and the large one is the largest", () => {
  for (let count = 1; count <= 20; count++) {
    for (const large of [undefined, ...Array(count).keys()]) {
      const boxes = layOut(count, large);
      const what = `${count} pictures, ${large} large: ${JSON.stringify(boxes)}`;
      assertEquals(boxes.length, count, what);
      for (const [index, box] of boxes.entries()) {
        assert(box.x >= 0 && box.x + box.width <= filmSize.width && box.width > 50, what);
        assert(box.y >= 0 && box.y + box.height <= filmSize.height && box.height > 50, what);
        for (const other of boxes.slice(index + 1)) assert(!overlap(box, other), what);
      }
      const sizes = new Set(boxes.map(areaOf));
      if (large === undefined || count === 1) assertEquals(sizes.size, 1, what);
      else assertEquals(boxes.map(areaOf).indexOf(Math.max(...sizes)), large, what);
    }
  }
  assertEquals(layOut(0, undefined), []);
});

Deno.test("the loudest voice is the speaker, and stays so for two seconds", () => {
  const speakers = new SpeakerWatch();
  const hear = (second: number, levels: Record<string, number>) => {
    speakers.hear(new Map(Object.entries(levels)), second);
    return speakers.speaker;
  };
  assertEquals(hear(0, {}), undefined);
  assertEquals(hear(1, { ann: 0.002, bob: 0.001 }), undefined, "noise is no speech");
  assertEquals(hear(2, { ann: 0.1, bob: 0.05 }), "ann");
  assertEquals(hear(3, { ann: 0.02, bob: 0.3 }), "ann", "a word in between");
  assertEquals(hear(4, { ann: 0.02, bob: 0.3 }), "bob");
  assertEquals(hear(60, { ann: 0, bob: 0 }), "bob", "silence changes nothing");
  assertEquals(hear(61, { ann: 0.2, bob: 0.1 }), "ann");
});
