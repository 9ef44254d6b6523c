import fc from "fast-check";
import { assert, assertEquals } from "../../assert.ts";
import { allocate, type Budget, type Stream } from "../../../mesh/quality/allocation.ts";
import { ladderOf, pixelRate, type Source, stepFor } from "../../../mesh/quality/ladder.ts";

const camera: Source = { use: "camera", width: 1280, height: 720, frameRate: 30 };

function stream(key: string, part: Partial<Stream> & { source?: Source } = {}): Stream {
  const { source = camera, ...rest } = part;
  const ladder = ladderOf(source);
  const pixels = ladder.map((step) => pixelRate(source, step));
  return { key, peerId: key, importance: 4, ladder, pixels, wanted: 0, ...rest };
}

function budget(part: Partial<Budget> = {}): Budget {
  return { bitrate: Infinity, pixels: Infinity, toPeer: () => Infinity, ...part };
}

const use = fc.constantFrom("camera" as const, "text" as const, "motion" as const);
const source = fc.record({
  use,
  width: fc.integer({ min: 160, max: 2560 }),
  height: fc.integer({ min: 90, max: 1440 }),
  frameRate: fc.integer({ min: 5, max: 60 }),
});
const streams = fc.array(
  fc.record({
    source,
    peer: fc.integer({ min: 0, max: 5 }),
    importance: fc.integer({ min: 0, max: 4 }),
    wanted: fc.nat({ max: 7 }),
  }),
  { maxLength: 16 },
).map((list) =>
  list.map(({ source, peer, importance, wanted }, index) => {
    const made = stream(`s${index}`, { source, peerId: `p${peer}`, importance });
    return { ...made, wanted: Math.min(wanted, made.ladder.length) };
  })
);
const budgets = fc.record({
  bitrate: fc.integer({ min: 0, max: 12_000_000 }),
  pixels: fc.integer({ min: 0, max: 100_000_000 }),
  peer: fc.integer({ min: 0, max: 4_000_000 }),
}).map(({ peer, ...rest }) => ({ ...rest, toPeer: () => peer }));

/** What an allocation costs. */
function costs(all: readonly Stream[], steps: ReadonlyMap<string, number>) {
  const of = ({ key, ladder, pixels }: Stream) => {
    const step = steps.get(key) ?? ladder.length;
    return { bitrate: ladder[step]?.bitrate ?? 0, pixels: pixels[step] ?? 0 };
  };
  const sum = (list: readonly Stream[], what: "bitrate" | "pixels") =>
    list.reduce((total, each) => total + of(each)[what], 0);
  const peers = new Set(all.map(({ peerId }) => peerId));
  return {
    bitrate: sum(all, "bitrate"),
    pixels: sum(all, "pixels"),
    toPeers: [...peers].map((peer) => sum(all.filter(({ peerId }) => peerId === peer), "bitrate")),
  };
}

Deno.test("no budget is ever exceeded, and nobody gets more than they want", () => {
  fc.assert(fc.property(streams, budgets, (all, given) => {
    const steps = allocate(all, given);
    const { bitrate, pixels, toPeers } = costs(all, steps);
    assert(bitrate <= given.bitrate && pixels <= given.pixels);
    for (const cost of toPeers) assert(cost <= given.toPeer());
    for (const { key, wanted } of all) assert((steps.get(key) ?? -1) >= wanted);
  }));
});

Deno.test("what matters more is made worse only when all that matters less is at its worst", () => {
  fc.assert(fc.property(streams, budgets, (all, given) => {
    // Without limits per peer, which do not affect other peers.
    const steps = allocate(all, { ...given, toPeer: () => Infinity });
    const isLowered = ({ key, wanted }: Stream) => (steps.get(key) ?? 0) > wanted;
    const isAtItsWorst = ({ key, ladder }: Stream) => (steps.get(key) ?? 0) >= ladder.length - 1;
    for (const lowered of all.filter(isLowered)) {
      const lesser = all.filter(({ importance }) => importance > lowered.importance);
      assert(lesser.every(isAtItsWorst));
    }
  }));
});

Deno.test("the same wishes give the same result, and more room never gives less in all", () => {
  fc.assert(fc.property(streams, budgets, (all, given) => {
    const once = allocate(all, given);
    assertEquals([...allocate(all, given)], [...once]);
    const roomy = allocate(all, { ...given, bitrate: Infinity, pixels: Infinity });
    assert(costs(all, roomy).bitrate >= costs(all, once).bitrate);
  }));
});

Deno.test("letters first, then who is pinned, then the speaker, then the rest", () => {
  const text = stream("text", {
    importance: 0,
    source: { use: "text", width: 1920, height: 1080, frameRate: 15 },
  });
  const [pinned, speaker] = [
    stream("pinned", { importance: 1 }),
    stream("speaker", { importance: 2 }),
  ];
  const rest = ["a", "b", "c"].map((key) => stream(key));
  const steps = allocate([text, pinned, speaker, ...rest], budget({ bitrate: 5_000_000 }));
  assertEquals([steps.get("text"), steps.get("pinned")], [0, 0]);
  assert((steps.get("speaker") ?? 9) < (steps.get("a") ?? 0));
});

Deno.test("a tile's size chooses the step, with room before it changes", () => {
  const ladder = ladderOf(camera);
  const step = (width: number, now?: number) =>
    stepFor({ width, height: width * 9 / 16, rank: "rest" }, { source: camera, ladder, now });
  const height = (index: number) => Math.round(720 / (ladder[index]?.scale ?? Infinity));
  assertEquals([1280, 640, 320, 160].map((width) => height(step(width))), [720, 360, 180, 90]);
  assertEquals(step(0), ladder.length, "not shown");
  assertEquals(step(4_000), 0, "more than there is");
  // From large to small: a little smaller changes nothing, much smaller does.
  const at360 = step(640);
  assertEquals(step(500, at360), at360);
  assert(step(330, at360) > at360);
  // From small to large: as soon as it is too small.
  assert(step(640, step(320)) <= at360);
});

Deno.test("dragging a window's edge back and forth changes the step at most once each way", () => {
  const ladder = ladderOf(camera);
  fc.assert(fc.property(fc.integer({ min: 60, max: 1280 }), (width) => {
    let now: number | undefined;
    let changes = 0;
    for (let turn = 0; turn < 40; turn++) {
      // Three percent up and down.
      const shown = Math.round(width * (turn % 2 === 0 ? 1 : 1.03));
      const next = stepFor(
        { width: shown, height: Math.round(shown * 9 / 16), rank: "rest" },
        { source: camera, ladder, now },
      );
      if (now !== undefined && next !== now) changes++;
      now = next;
    }
    assert(changes <= 1, `${width}: ${changes} changes`);
  }));
});

Deno.test("a portrait tile is filled, a screen is shown whole", () => {
  const of = (use: Source["use"], want: { width: number; height: number }) => {
    const wide: Source = { use, width: 1280, height: 720, frameRate: 30 };
    const ladder = ladderOf(wide);
    return ladder[stepFor({ ...want, rank: "rest" }, { source: wide, ladder, now: undefined })]
      ?.scale;
  };
  assertEquals(of("camera", { width: 300, height: 700 }), 1, "its height needs every line");
  assertEquals(of("motion", { width: 300, height: 700 }), 4, "its width is what limits it");
});

Deno.test("a camera of any size can be sent whole, and no two steps are nearly the same", () => {
  fc.assert(fc.property(fc.integer({ min: 60, max: 2_160 }), (height) => {
    const ladder = ladderOf({ use: "camera", width: height * 4 / 3, height, frameRate: 30 });
    assertEquals(ladder[0]?.scale, 1);
    ladder.forEach((step, index) => {
      const next = ladder[index + 1];
      if (next === undefined) return;
      assert(next.scale > step.scale * 1.1 && next.bitrate <= step.bitrate, JSON.stringify(ladder));
    });
  }));
});
