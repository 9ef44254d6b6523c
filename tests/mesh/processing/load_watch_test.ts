import { LoadWatch } from "../../../mesh/processing/noise/load_watch.ts";
import { assertEquals } from "../../assert.ts";

/** Seconds of sound until a filter gives up, of ten; `undefined`: it does not. */
function givesUp(
  { busyMs = 0, lateMs = 0, slowSeconds = 10 }: {
    busyMs?: number;
    lateMs?: number;
    slowSeconds?: number;
  },
): number | undefined {
  const watch = new LoadWatch();
  let at = 0;
  for (let frame = 1; frame <= 1_000; frame++) {
    const isSlow = frame <= slowSeconds * 100;
    at += 10 + (isSlow ? lateMs : 0);
    if (watch.note({ at, soundMs: 10, busyMs: isSlow ? busyMs : 0 })) return frame / 100;
  }
  return undefined;
}

Deno.test("a filter that takes more than half of the time gives up after six seconds", () => {
  assertEquals(givesUp({ busyMs: 6 }), 6);
  assertEquals(givesUp({ busyMs: 4 }), undefined);
});

Deno.test("a filter whose sound comes late gives up after six seconds", () => {
  assertEquals(givesUp({ lateMs: 3 }), 6);
  assertEquals(givesUp({ lateMs: 2 }), undefined);
});

Deno.test("a machine that was busy for a while, or slept, keeps its filter", () => {
  assertEquals(givesUp({ busyMs: 9, slowSeconds: 4 }), undefined);
  assertEquals(givesUp({ lateMs: 60_000, slowSeconds: 0.01 }), undefined);
});
