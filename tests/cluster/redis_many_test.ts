// The store on more than one Redis server: a master that is replaced, a cluster that changes.

import { slotOf } from "../../server/cluster/redis_slots.ts";
import { assert, assertEquals } from "../assert.ts";
import { type RedisCluster, startRedisCluster, startWatchedRedis, waitFor } from "../rig/mod.ts";
import { changeOf, connect, outcome, taken, untilHeard } from "./store_world.ts";

Deno.test("when sentinels replace the master, the store goes on at the new one", async () => {
  await using watched = await startWatchedRedis();
  const { master, replica } = watched;
  await using a = await connect(watched.url, { node: "a" });
  await using b = await connect(watched.url, { node: "b" });
  const lease = await taken(a, "tea");
  assertEquals(await a.commit(lease, changeOf({ lines: "1" })), "held");
  await waitFor(async () => (await replica.cli("KEYS", "*")).includes("{tea}:room"), {
    what: "the replica to have the record",
  });
  await master.kill();
  await a.until(false);
  await Promise.all([a.until(true), b.until(true)]);
  assertEquals(await replica.cli("ROLE").then((role) => role.split("\n")[0]), "master");
  assertEquals(await a.renew([lease]), ["held"]);
  assertEquals(await b.read("tea"), new Map([["lines", "1"]]));
  await Promise.all([untilHeard(b, a, "a"), untilHeard(a, b, "b")]);
});

Deno.test("a cluster without one of its servers is offline until that is back", async () => {
  await using cluster = await startRedisCluster();
  await using a = await connect(cluster.url, { node: "a" });
  await using b = await connect(cluster.url, { node: "b" });
  const rooms = Array.from({ length: 12 }, (_, n) => `room ${n}`);
  const leases = await Promise.all(rooms.map((room) => taken(a, room)));
  for (const lease of leases) assertEquals(await a.commit(lease, changeOf({ x: "1" })), "held");
  const third = cluster.masters[2];
  assert(third !== undefined);
  await third.kill();
  await a.until(false);
  await third.start();
  await Promise.all([a.until(true), b.until(true)]);
  await waitFor(
    async () => new Set(await outcome(a.renew(leases))).difference(new Set(["held"])).size === 0,
    { what: "all leases to be held" },
  );
  assertEquals((await b.rooms()).toSorted(), rooms.toSorted());
  await Promise.all([untilHeard(b, a, "a"), untilHeard(a, b, "b")]);
});

Deno.test("rooms and texts follow when a cluster moves their slots", async () => {
  await using cluster = await startRedisCluster();
  await using a = await connect(cluster.url, { node: "a" });
  await using b = await connect(cluster.url, { node: "b" });
  const lease = await taken(a, "tea");
  assertEquals(await a.commit(lease, changeOf({ lines: "1" })), "held");
  const keys = ["123456789", "test{tea}:room", "a{}b", "a{b", "日本{茶}", "}{x}{y}", "{{a}}"];
  for (const key of keys) {
    const slot = await cluster.masters[0]?.cli("CLUSTER", "KEYSLOT", key);
    assertEquals(slot, String(slotOf(key)), key);
  }
  await moveSlot(cluster, slotOf("test{tea}:room"));
  await moveSlot(cluster, slotOf("test:node:b"));
  await waitFor(
    async () =>
      await outcome(a.commit(lease, changeOf({ lines: "2" }, { whole: false }))) === "held",
    { what: "the change to be accepted" },
  );
  assertEquals(await b.read("tea"), new Map([["lines", "2"]]));
  await untilHeard(a, b, "b");
  await Promise.all([a.until(true), b.until(true)]);
});

/** Moves a slot with its keys to another master, as a person who balances a cluster does. */
async function moveSlot({ masters }: RedisCluster, slot: number): Promise<void> {
  const ids = await Promise.all(masters.map((master) => master.cli("CLUSTER", "MYID")));
  const views = await Promise.all(masters.map((master) => master.cli("CLUSTER", "NODES")));
  const from = views.findIndex((nodes) => {
    const own = nodes.split("\n").find((line) => line.includes("myself")) ?? "";
    return own.split(" ").slice(8).some((range) => {
      const [first = NaN, last = first] = range.split("-").map(Number);
      return first <= slot && slot <= last;
    });
  });
  const to = (from + 1) % masters.length;
  const [source, target] = [masters[from], masters[to]];
  assert(source !== undefined && target !== undefined, `nobody has slot ${slot}`);
  const number = String(slot);
  await target.cli("CLUSTER", "SETSLOT", number, "IMPORTING", ids[from] ?? "");
  await source.cli("CLUSTER", "SETSLOT", number, "MIGRATING", ids[to] ?? "");
  const keys = (await source.cli("CLUSTER", "GETKEYSINSLOT", number, "100")).split("\n");
  for (const key of keys.filter((key) => key !== "")) {
    const moved = await source.cli("MIGRATE", "127.0.0.1", String(target.port), key, "0", "5000");
    assertEquals(moved, "OK");
  }
  for (const master of [target, source, ...masters]) {
    await master.cli("CLUSTER", "SETSLOT", number, "NODE", ids[to] ?? "");
  }
}
