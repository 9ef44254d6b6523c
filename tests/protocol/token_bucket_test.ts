import { TokenBucket } from "../../protocol/mod.ts";
import { assertEquals } from "../assert.ts";

Deno.test("a bucket gives its burst at once and then one token at a time", () => {
  const bucket = new TokenBucket({ burst: 3, perSecond: 2, now: 1_000 });
  assertEquals([1, 2, 3, 4].map(() => bucket.take(1_000)), [true, true, true, false]);
  assertEquals([bucket.take(1_499), bucket.take(1_500), bucket.take(1_500)], [false, true, false]);
});

Deno.test("after the wait that a bucket names there is a token, and not before", () => {
  const bucket = new TokenBucket({ burst: 1, perSecond: 0.9, now: 0 });
  bucket.take(0);
  const wait = bucket.waitMs(0);
  assertEquals(wait, 1_112);
  assertEquals([bucket.waitMs(wait - 1), bucket.take(wait - 1)], [1, false]);
  assertEquals(bucket.take(wait), true);
});

Deno.test("what costs more, or has to leave some, takes nothing if there is too little", () => {
  const bucket = new TokenBucket({ burst: 10, perSecond: 1, now: 0 });
  assertEquals(bucket.take(0, { cost: 4, leaving: 7 }), false);
  assertEquals(bucket.take(0, { cost: 4, leaving: 6 }), true);
  assertEquals(bucket.take(0, { cost: 7 }), false);
  assertEquals(bucket.take(0, { cost: 6 }), true);
});

Deno.test("a full bucket holds no more than its burst, and a clock that goes back fills none", () => {
  const bucket = new TokenBucket({ burst: 2, perSecond: 1, now: 5_000 });
  assertEquals(bucket.isFull(5_000), true);
  bucket.take(5_000);
  assertEquals([bucket.isFull(5_999), bucket.isFull(6_000)], [false, true]);
  assertEquals(bucket.take(4_000), true);
  assertEquals(bucket.take(4_000), false);
  assertEquals([bucket.take(60_000), bucket.take(60_000), bucket.take(60_000)], [
    true,
    true,
    false,
  ]);
});
