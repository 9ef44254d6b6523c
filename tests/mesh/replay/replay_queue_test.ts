import { ReplayQueue } from "../../../mesh/replay/replay_queue.ts";
import { keptMs } from "../../../mesh/replay/voice_ring.ts";
import { assertEquals } from "../../assert.ts";

const none = new Map<string, boolean>();
const ends = (peerId: string, from = 0) => ({ missing: [], ended: [{ peerId, from }] });
const nothing = { missing: [], ended: [] };

Deno.test("cuts that end within a second are replayed together, and a longer one does not hold them", () => {
  const queue = new ReplayQueue();
  const one = { missing: ["bob"], ended: [{ peerId: "ann", from: 0 }] };
  assertEquals(queue.take(one, { now: 5_000, running: none }), []);
  assertEquals(queue.waiting, ["ann"]);
  const both = queue.take(ends("bob"), { now: 5_500, running: none });
  assertEquals(both.map(({ peerId }) => peerId), ["ann", "bob"]);
  assertEquals(queue.take(one, { now: 9_000, running: none }), []);
  const late = queue.take({ missing: ["bob"], ended: [] }, { now: 10_000, running: none });
  assertEquals(late, [{ peerId: "ann", from: 0 }]);
  assertEquals(queue.waiting, []);
});

Deno.test("a cut during a replay that still gets the voice needs no other one", () => {
  const queue = new ReplayQueue();
  const running = new Map([["ann", true]]);
  assertEquals(queue.take(ends("ann"), { now: 5_000, running }), []);
  assertEquals([queue.waiting, queue.take(nothing, { now: 9_000, running: none })], [[], []]);
});

Deno.test("a cut during a replay that has lost its channel is replayed after it, once", () => {
  const queue = new ReplayQueue();
  const running = new Map([["ann", false]]);
  assertEquals(queue.take(ends("ann", 1_000), { now: 5_000, running }), []);
  assertEquals(queue.take(ends("ann", 6_000), { now: 9_000, running }), []);
  assertEquals(queue.waiting, ["ann"]);
  assertEquals(
    queue.take(nothing, { now: 10_000, running: none }),
    [{ peerId: "ann", from: 1_000 }],
  );
  assertEquals(queue.take(nothing, { now: 11_000, running: none }), []);
});

Deno.test("a replay of one person delays that of no other", () => {
  const queue = new ReplayQueue();
  const running = new Map([["ann", false]]);
  queue.take(ends("ann"), { now: 5_000, running });
  assertEquals(
    queue.take(ends("bob"), { now: 6_500, running }),
    [{ peerId: "bob", from: 0 }],
  );
  assertEquals(queue.waiting, ["ann"]);
});

Deno.test("no more is asked for than a speaker keeps", () => {
  const queue = new ReplayQueue();
  const now = 2 * keptMs;
  assertEquals(queue.take(ends("ann"), { now, running: none }), [{ peerId: "ann", from: keptMs }]);
});
