// What the store does when Redis fails. That no rejection is left unhandled shows in every test.

import { storePatienceMs } from "../../signaling/cluster/cluster_store.ts";
import { redisScripts } from "../../server/cluster/redis_scripts.ts";
import { BadValue } from "../../server/settings/bad_value.ts";
import { assert, assertEquals, assertRejects } from "../assert.ts";
import { freePort, startHeldLine, startRedis, waitFor } from "../rig/mod.ts";
import { changeOf, connect, outcome, taken, tryToConnect, untilHeard } from "./store_world.ts";

Deno.test("a store that finds no Redis rejects, and is online when Redis has started", async () => {
  const port = freePort();
  await using store = await tryToConnect(`redis://127.0.0.1:${port}`);
  assertEquals(store.isOnline, false);
  await assertRejects(() => store.sharedKey(new Uint8Array(32)), Error, "not connected");
  assertEquals(store.changes, []);
  await using _redis = await startRedis({ port });
  await store.until(true);
  assertEquals(store.changes, [true]);
  assertEquals((await store.sharedKey(new Uint8Array(32))).length, 32);
});

Deno.test("after a crash of Redis that keeps its data, leases and records are there", async () => {
  await using redis = await startRedis({ isPersistent: true });
  await using a = await connect(redis.url, { node: "a" });
  await using b = await connect(redis.url, { node: "b" });
  const lease = await taken(a, "tea");
  assertEquals(await a.commit(lease, changeOf({ lines: "1" })), "held");
  await redis.kill();
  await a.until(false);
  await b.until(false);
  assertEquals(await outcome(a.commit(lease, changeOf({ lines: "2" }))), "rejected");
  assertEquals(await outcome(a.take("cake")), "rejected");
  a.publish("b", "nobody keeps this");
  await redis.start();
  await Promise.all([a.until(true), b.until(true)]);
  assertEquals([a.changes, b.changes], [[true, false, true], [true, false, true]]);
  assertEquals(await a.renew([lease]), ["held"]);
  assertEquals(await b.take("tea"), { kind: "held", node: "a" });
  await untilHeard(a, b, "b");
  assert(!b.texts.includes("nobody keeps this"), "a text from before the crash");
  assert(a.lines.some((line) => line.startsWith("Redis cannot be used; trying again: ")));
});

Deno.test("after a crash of Redis that loses its data, the holder writes the record again", async () => {
  await using redis = await startRedis();
  await using a = await connect(redis.url);
  const lease = await taken(a, "tea");
  assertEquals(await a.commit(lease, changeOf({ lines: "1" })), "held");
  await redis.kill();
  await a.until(false);
  await redis.start();
  await a.until(true);
  assertEquals(await a.renew([lease]), ["rewrite"]);
  assertEquals(await a.commit(lease, changeOf({ lines: "2" }, { whole: false })), "rewrite");
  assertEquals(await a.commit(lease, changeOf({ lines: "1" })), "held");
  assertEquals(await a.rooms(), ["tea"]);
});

Deno.test("a Redis that has lost only the last change gets the whole record again", async () => {
  await using redis = await startRedis();
  await using a = await connect(redis.url);
  const lease = await taken(a, "tea");
  assertEquals(await a.commit(lease, changeOf({ lines: "1" })), "held");
  // As of a replica that has become the master.
  await redis.cli("COPY", "test{tea}:room", "older");
  assertEquals(await a.commit(lease, changeOf({ bans: "1" }, { whole: false })), "held");
  await redis.cli("COPY", "older", "test{tea}:room", "REPLACE");
  assertEquals(await a.renew([lease]), ["rewrite"]);
  assertEquals(await a.commit(lease, changeOf({ lines: "2" }, { whole: false })), "rewrite");
  assertEquals(await a.commit(lease, changeOf({ lines: "2", bans: "1" })), "held");
  assertEquals(await a.renew([lease]), ["held"]);
});

Deno.test("commands to a Redis that hangs are rejected, and it answers after it woke", async () => {
  await using redis = await startRedis();
  await using a = await connect(redis.url);
  const lease = await taken(a, "tea");
  assertEquals(await a.commit(lease, changeOf({ lines: "1" })), "held");
  redis.pause();
  const started = performance.now();
  const waiting = Array.from({ length: 50 }, (_, n) => outcome(a.read(`room ${n}`)));
  assertEquals(await outcome(a.renew([lease])), "rejected");
  assert((await Promise.all(waiting)).every((result) => result === "rejected"));
  assert(performance.now() - started < 10 * storePatienceMs, "they are rejected at all");
  await a.until(false);
  redis.resume();
  await a.until(true);
  assertEquals(await a.renew([lease]), ["held"]);
});

Deno.test("what was written on a broken connection and arrives late changes nothing", async () => {
  await using redis = await startRedis();
  await using line = startHeldLine(redis.port, { passesNew: true });
  await using a = await connect(`redis://127.0.0.1:${line.port}`, { node: "a" });
  await using b = await connect(redis.url, { node: "b" });
  const lease = await taken(a, "tea");
  assertEquals(await a.commit(lease, changeOf({ lines: "1" })), "held");
  line.hold();
  const late = changeOf({ lines: "late" }, { whole: false });
  const lost = [outcome(a.commit(lease, late)), outcome(a.take("tea")), outcome(a.take("late"))];
  a.publish("b", "late");
  assertEquals(await Promise.all<unknown>(lost), ["rejected", "rejected", "rejected"]);
  await a.until(true);
  assertEquals(await a.commit(lease, changeOf({ lines: "2" }, { whole: false })), "held");
  await untilHeard(a, b, "b");
  await line.release();
  // The last of the late commands has an effect that shows: by then all have arrived.
  await waitFor(async () => (await b.take("late")).kind === "held", { what: "the late commands" });
  assertEquals(await b.read("tea"), new Map([["lines", "2"]]));
  assertEquals(await a.renew([lease]), ["held"]);
  await untilHeard(a, b, "b");
  assert(!b.texts.includes("late"), "a text that came late");
});

Deno.test("a released lease has ended, also for a renewal that comes late", async () => {
  await using redis = await startRedis();
  await using a = await connect(redis.url, { node: "a" });
  await using b = await connect(redis.url, { node: "b" });
  for (const forget of [true, false]) {
    const lease = await taken(a, "tea");
    await a.release(lease, { forget });
    assertEquals(await a.renew([lease]), ["lost"]);
    assertEquals(await a.commit(lease, changeOf({ lines: "1" })), "lost");
    assertEquals(await a.read("tea"), undefined);
    await b.release(await taken(b, "tea"), { forget: true });
  }
});

Deno.test("a new home changes the room although its clock is behind the former one's", async () => {
  await using redis = await startRedis();
  // Numbers of commands begin with the time at which a node connects.
  await using behind = await connect(redis.url, { node: "behind" });
  await using ahead = await connect(redis.url, { node: "ahead" });
  const former = await taken(ahead, "tea");
  assertEquals(await ahead.commit(former, changeOf({ lines: "1" })), "held");
  await ahead.release(former, { forget: false });
  const lease = await taken(behind, "tea");
  assertEquals(await behind.commit(lease, changeOf({ lines: "2" }, { whole: false })), "held");
});

Deno.test("a connection that leads nowhere is noticed and made again", async () => {
  await using redis = await startRedis();
  await using line = startHeldLine(redis.port);
  await using a = await connect(`redis://127.0.0.1:${line.port}`, { node: "a" });
  await using b = await connect(redis.url, { node: "b" });
  line.hold();
  // Nobody sends anything: the store notices by itself.
  await a.until(false);
  assertEquals(await outcome(a.nodes()), "rejected");
  await line.release();
  await a.until(true);
  await Promise.all([untilHeard(b, a, "a"), untilHeard(a, b, "b")]);
});

Deno.test("a Redis that has forgotten the scripts gets them again", async () => {
  await using redis = await startRedis();
  await using a = await connect(redis.url);
  await redis.cli("SCRIPT", "FLUSH");
  await assertRejects(() => a.take("tea"), Error, "NOSCRIPT");
  await waitFor(async () => (await a.take("tea")).kind === "taken", { what: "the lease" });
});

Deno.test("a store whose Redis becomes a replica is offline until it is the master again", async () => {
  await using master = await startRedis();
  await using redis = await startRedis();
  await using a = await connect(redis.url);
  const lease = await taken(a, "tea");
  await redis.cli("REPLICAOF", "127.0.0.1", String(master.port));
  await assertRejects(() => a.renew([lease]), Error, "READONLY");
  await a.until(false);
  await waitFor(() => a.lines.some((line) => line.includes("is a replica")), {
    what: `the reason in ${a.lines}`,
  });
  await redis.cli("REPLICAOF", "NO", "ONE");
  await a.until(true);
});

Deno.test("a Redis that accepts no changes is offline with the reason, and changes nothing", async () => {
  await using redis = await startRedis();
  await using a = await connect(redis.url);
  const lease = await taken(a, "tea");
  assertEquals(await a.commit(lease, changeOf({ lines: "1" })), "held");
  const causes = { "maxmemory": "1", "min-replicas-to-write": "1" };
  for (const [setting, value] of Object.entries(causes)) {
    await redis.cli("CONFIG", "SET", setting, value);
    await assertRejects(() => a.commit(lease, changeOf({ lines: "2" })));
    await a.until(false);
    await redis.cli("CONFIG", "SET", setting, "0");
    await a.until(true);
    assertEquals(await a.read("tea"), new Map([["lines", "1"]]));
  }
  for (const reason of ["OOM", "NOREPLICAS"]) {
    assert(a.lines.some((line) => line.includes(reason)), `${reason} in ${a.lines}`);
  }
});

Deno.test("rooms that are gone leave the index, but not one that is listed again meanwhile", async () => {
  await using redis = await startRedis();
  await using a = await connect(redis.url);
  for (const room of ["tea", "cake"]) await a.commit(await taken(a, room), changeOf({ x: "1" }));
  await redis.cli("DEL", "test{tea}:room");
  assertEquals(await a.rooms(), ["cake"]);
  assertEquals(await redis.cli("ZRANGE", "test:rooms", "0", "-1"), "cake");
  const listed = Number(await redis.cli("ZSCORE", "test:rooms", "cake"));
  await redis.cli("EVAL", redisScripts.prune, "1", "test:rooms", "cake", String(listed - 1));
  assertEquals(await a.rooms(), ["cake"]);
});

Deno.test("every key expires, except the signing key", async () => {
  await using redis = await startRedis();
  await using a = await connect(redis.url);
  const lease = await taken(a, "tea");
  await a.commit(lease, changeOf({ lines: "1" }));
  await a.release(await taken(a, "cake"), { forget: true });
  await a.commit(await taken(a, "pie"), changeOf({ kept: "1" }));
  await a.announce({ node: "a", version: "1", takesRooms: true, rooms: 1, since: 1 });
  await a.sharedKey(new Uint8Array(32));
  const keys = (await redis.cli("KEYS", "*")).split("\n").toSorted();
  assertEquals(keys, [
    "test:key",
    "test:nodes",
    "test:rooms",
    "test{cake}:room",
    "test{pie}:lasting",
    "test{pie}:lease",
    "test{pie}:room",
    "test{tea}:lease",
    "test{tea}:room",
  ]);
  for (const key of keys) {
    const ttl = Number(await redis.cli("PTTL", key));
    assertEquals(ttl > 0, key !== "test:key", `${key}: ${ttl} ms`);
  }
});

Deno.test("a malformed URL is refused at once", async () => {
  await assertRejects(
    () => tryToConnect("redis://:word@localhost"),
    BadValue,
    "without a password",
  );
});
