import fc from "fast-check";
import { assert, assertEquals, assertLessOrEqual } from "../../assert.ts";
import { Budgets, ceiling, lightCeiling, type Sample } from "../../../mesh/quality/budget.ts";
import { ladderOf } from "../../../mesh/quality/ladder.ts";

function sample(part: Partial<Sample> = {}): Sample {
  return {
    peerId: "p",
    allowed: 1_500_000,
    sent: 1_000_000,
    encoded: 10_000_000,
    available: undefined,
    limitedBy: "none",
    loss: 0,
    ...part,
  };
}

/** Budgets after these measurements, one a second. */
function after(measured: readonly Sample[][], budgets = new Budgets(), from = 0): Budgets {
  measured.forEach((samples, index) => budgets.learn(samples, from + index * 1_000));
  return budgets;
}

Deno.test("a strained processor lowers what is encoded at once, below what it just was", () => {
  const budgets = after([[sample({ limitedBy: "cpu", encoded: 40_000_000 })]]);
  assertEquals([budgets.pixels, budgets.bitrate], [30_000_000, ceiling.bitrate]);
});

Deno.test("after a fall it stays, then rises slowly to the most and not beyond", () => {
  const budgets = after([[sample({ limitedBy: "cpu", encoded: 40_000_000 })]]);
  const low = budgets.pixels;
  after(Array.from({ length: 5 }, () => [sample()]), budgets, 1_000);
  assertEquals(budgets.pixels, low);
  after(Array.from({ length: 3 }, () => [sample()]), budgets, 6_000);
  assert(budgets.pixels > low && budgets.pixels < low * 1.5);
  after(Array.from({ length: 100 }, () => [sample()]), budgets, 20_000);
  assertEquals(budgets.pixels, ceiling.pixels);
});

Deno.test("what fell while hardly anything was sent is enough for a large picture in less than half a minute", () => {
  const budgets = after([[sample({ limitedBy: "cpu", encoded: 320 * 180 * 15 })]]);
  after(Array.from({ length: 25 }, () => [sample()]), budgets, 1_000);
  assert(budgets.pixels > 1280 * 720 * 20, `${budgets.pixels}`);
  budgets.learn([sample({ limitedBy: "cpu", encoded: 10_000_000 })], 60_000);
  const low = budgets.pixels;
  after(Array.from({ length: 7 }, () => [sample()]), budgets, 61_000);
  assert(budgets.pixels < low * 1.2, "slowly again after the next fall");
});

Deno.test("each fall that follows soon makes the next rise wait longer", () => {
  const budgets = new Budgets();
  const strained = [sample({ limitedBy: "cpu" })];
  const calm = [sample()];
  let now = 0;
  const waits: number[] = [];
  for (let fall = 0; fall < 5; fall++) {
    budgets.learn(strained, now);
    const low = budgets.pixels;
    const from = now;
    while (budgets.pixels <= low) budgets.learn(calm, now += 1_000);
    waits.push(now - from);
  }
  for (const [index, wait] of waits.entries()) assert(wait >= (waits[index - 1] ?? 0), `${waits}`);
  assert((waits.at(-1) ?? 0) >= 4 * (waits[0] ?? 0), `${waits}`);
});

Deno.test("one viewer's narrow line is theirs, most viewers' is ours", () => {
  const wide = sample({ peerId: "a" });
  const narrow = (peerId: string) =>
    sample({ peerId, limitedBy: "bandwidth", available: 400_000, sent: 300_000 });
  const one = after([[wide, sample({ peerId: "b" }), narrow("c")]]);
  assertEquals(one.bitrate, ceiling.bitrate);
  assertEquals([one.toPeer("a"), one.toPeer("c")], [Infinity, 400_000 * 0.85 - 40_000]);
  const most = after([[narrow("a"), narrow("b"), wide]]);
  assertEquals(most.bitrate, 0.75 * 1_600_000);
  const lossy = after([[sample({ loss: 0.2 })]]);
  assertEquals(lossy.bitrate, 750_000);
});

Deno.test("an encoder that fights with our own limit is no narrow line", () => {
  const fighting = sample({ limitedBy: "bandwidth", available: 4_000_000 });
  const blind = sample({ limitedBy: "bandwidth" });
  assertEquals(after([[fighting]]).bitrate, ceiling.bitrate);
  assertEquals(after([[blind]]).bitrate, ceiling.bitrate);
});

Deno.test("a line is narrow that is full though its encoder says nothing, and one with little to carry is not", () => {
  const full = sample({ available: 400_000, sent: 330_000 });
  assertEquals(after([[full]]).toPeer("p"), 400_000 * 0.85 - 40_000);
  const idle = sample({ available: 400_000, sent: 60_000 });
  assertEquals(after([[idle]]).toPeer("p"), Infinity);
  const enough = sample({ available: 2_000_000, sent: 1_900_000 });
  assertEquals(after([[enough]]).toPeer("p"), Infinity);
});

Deno.test("the narrowest way to a peer carries the smallest form of any picture", () => {
  const budgets = new Budgets();
  budgets.learn([sample({ limitedBy: "bandwidth", available: 0 })], 0);
  for (const use of ["camera", "text", "motion"] as const) {
    const least = ladderOf({ use, width: 1920, height: 1080, frameRate: 30 }).at(-1);
    assertLessOrEqual(least?.bitrate ?? Infinity, budgets.toPeer("p"), use);
  }
});

Deno.test("light mode is a ceiling, taken away again", () => {
  const budgets = new Budgets();
  budgets.ceiling = lightCeiling;
  assertEquals([budgets.bitrate, budgets.pixels], [lightCeiling.bitrate, lightCeiling.pixels]);
  budgets.ceiling = ceiling;
  assertEquals(budgets.bitrate, ceiling.bitrate);
});

Deno.test("whatever comes, budgets stay between their floor and the most there may be", () => {
  const looks = fc.array(
    fc.record({
      sent: fc.integer({ min: 0, max: 20_000_000 }),
      encoded: fc.integer({ min: 0, max: 500_000_000 }),
      limitedBy: fc.constantFrom("none" as const, "cpu" as const, "bandwidth" as const),
      loss: fc.double({ min: 0, max: 1, noNaN: true }),
      available: fc.option(fc.integer({ min: 0, max: 10_000_000 }), { nil: undefined }),
    }),
    { maxLength: 60 },
  );
  fc.assert(fc.property(looks, (all) => {
    const budgets = new Budgets();
    all.forEach((part, index) => {
      budgets.learn([sample(part)], index * 1_000);
      assert(budgets.bitrate >= 120_000 && budgets.pixels > 0);
      assertLessOrEqual(budgets.bitrate, ceiling.bitrate);
      assertLessOrEqual(budgets.pixels, ceiling.pixels);
      assert(budgets.toPeer("p") >= 60_000);
    });
  }));
});
