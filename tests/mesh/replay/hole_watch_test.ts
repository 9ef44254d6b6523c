import { assertEquals } from "../../assert.ts";
import { HoleWatch } from "../../../mesh/replay/hole_watch.ts";

/** Looks every 250 ms from `from` to `to`; `mark` by time. */
function look(
  watch: HoleWatch,
  { from, to, mark, speaks = true }: {
    from: number;
    to: number;
    mark: (now: number) => number | undefined;
    speaks?: boolean;
  },
) {
  const ended: string[] = [];
  let missing = 0;
  for (let now = from; now <= to; now += 250) {
    const seen = watch.look([{ peerId: "ann", mark: mark(now), speaks }], now);
    missing += seen.missing.length;
    ended.push(...seen.ended.map((hole) => `${hole.peerId} from ${hole.from} at ${now}`));
  }
  return { missing, ended };
}

const flowing = (now: number) => now;
const cutAt = (ms: number) => () => ms;

Deno.test("a cut is noticed while it lasts, and its beginning when sound comes again", () => {
  const watch = new HoleWatch();
  assertEquals(look(watch, { from: 0, to: 5_000, mark: flowing }), { missing: 0, ended: [] });
  const cut = look(watch, { from: 5_250, to: 13_000, mark: cutAt(5_000) });
  assertEquals(cut.ended, []);
  assertEquals(cut.missing > 20, true);
  assertEquals(look(watch, { from: 13_250, to: 15_000, mark: flowing }).ended, [
    "ann from 5000 at 13250",
  ]);
});

Deno.test("a short pause, a muted microphone and a person before the first sound are no holes", () => {
  const watch = new HoleWatch();
  const quiet = { missing: 0, ended: [] };
  assertEquals(look(watch, { from: 0, to: 3_000, mark: () => undefined }), quiet);
  assertEquals(look(watch, { from: 3_250, to: 4_000, mark: flowing }), quiet);
  assertEquals(look(watch, { from: 4_250, to: 5_000, mark: cutAt(4_000) }), quiet);
  assertEquals(look(watch, { from: 5_250, to: 6_000, mark: flowing }), quiet);
  assertEquals(look(watch, { from: 6_250, to: 60_000, mark: cutAt(6_000), speaks: false }), quiet);
  assertEquals(look(watch, { from: 60_250, to: 62_000, mark: flowing }), quiet);
});

Deno.test("a page that was stopped itself has missed nothing by that", () => {
  const watch = new HoleWatch();
  look(watch, { from: 0, to: 1_000, mark: flowing });
  assertEquals(look(watch, { from: 9_000, to: 10_000, mark: flowing }), { missing: 0, ended: [] });
});

Deno.test("a person who is muted during a cut was heard until the cut", () => {
  const watch = new HoleWatch();
  look(watch, { from: 0, to: 1_000, mark: flowing });
  look(watch, { from: 1_250, to: 4_000, mark: cutAt(1_000) });
  look(watch, { from: 4_250, to: 6_000, mark: cutAt(1_000), speaks: false });
  assertEquals(look(watch, { from: 6_250, to: 6_500, mark: flowing }).ended, [
    "ann from 1000 at 6250",
  ]);
});

Deno.test("a voice that is gone for longer than is kept is not held back, and its return is noticed", () => {
  const watch = new HoleWatch();
  look(watch, { from: 0, to: 1_000, mark: flowing });
  look(watch, { from: 1_250, to: 30_000, mark: cutAt(1_000) });
  const later = look(watch, { from: 31_000, to: 60_000, mark: cutAt(1_000) });
  assertEquals(later, { missing: 0, ended: [] });
  assertEquals(look(watch, { from: 60_250, to: 61_000, mark: flowing }).ended, [
    "ann from 1000 at 60250",
  ]);
});
