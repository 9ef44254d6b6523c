// What `parley doctor` says of a Redis: a good one, and each fault that it looks for.

import { redisChecks } from "../../server/doctor/redis_checks.ts";
import type { Check } from "../../server/doctor/check.ts";
import { readSettings } from "../../server/settings/settings.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { freePort, type Redis, startRedis, startRedisCluster } from "../rig/mod.ts";

/** The checks by the end of their name: "" is that of the version. */
async function checksOf(flags: Record<string, string>): Promise<Map<string, Check>> {
  const read = readSettings({ flags: new Map(Object.entries(flags)), env: {}, readText: () => "" });
  assert(read.ok, JSON.stringify(read));
  const checks = await redisChecks(read.settings.config);
  return new Map(checks.map((check) => [/, (\w+)$/.exec(check.name)?.[1] ?? "", check]));
}

function states(checks: ReadonlyMap<string, Check>): Record<string, string> {
  return Object.fromEntries([...checks].map(([name, { state }]) => [name, state]));
}

const good = {
  "": "ok",
  latency: "ok",
  memory: "ok",
  persistence: "ok",
  clock: "ok",
  scripts: "ok",
  texts: "ok",
};

/** What the user of the nodes may do, as docs/operating.md says. */
async function rulesOfManual(): Promise<string[]> {
  const text = await Deno.readTextFile(new URL("../../docs/operating.md", import.meta.url));
  const [, rules] = /ACL SETUSER parley on '>PASSWORD' ([^`]*)```/.exec(text) ?? [];
  assert(rules !== undefined, "the manual lists what the user may do");
  return rules.replace(/['\\]/g, "").trim().split(/\s+/);
}

async function withPassword(run: (file: string) => Promise<void>): Promise<void> {
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(file, "a word\n");
    await run(file);
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("a good Redis passes with a user that may do only what the manual lists", () =>
  withPassword(async (file) => {
    await using redis = await startRedis({ isPersistent: true });
    const rules = await rulesOfManual();
    assertEquals(await redis.cli("ACL", "SETUSER", "parley", "on", ">a word", ...rules), "OK");
    const url = redis.url.replace("//", "//parley@");
    const checks = await checksOf({ "redis": url, "redis-password-file": file });
    assertEquals(states(checks), good, JSON.stringify([...checks.values()]));
    assertMatch(checks.get("")?.seen ?? "", /^(Redis|Valkey) \d/);
    assertEquals(await redis.cli("KEYS", "*doctor*:lease"), "");
    await redis.cli("ACL", "SETUSER", "parley", "-hset", "-publish");
    const forbidden = await checksOf({ "redis": url, "redis-password-file": file });
    assertEquals([forbidden.get("scripts")?.state, forbidden.get("texts")?.state], [
      "fail",
      "fail",
    ]);
    assertStringIncludes(forbidden.get("scripts")?.fix ?? "", "docs/operating.md");
    await redis.cli("ACL", "SETUSER", "parley", "+hset", "+publish", "resetchannels", "&other:*");
    const deaf = await checksOf({ "redis": url, "redis-password-file": file });
    assertEquals(deaf.get("store")?.state, "fail", JSON.stringify([...deaf.values()]));
  }));

Deno.test("memory policies and missing persistence are explained by what they destroy", async () => {
  await using redis = await startRedis();
  const checks = () => checksOf({ redis: redis.url });
  assertEquals(states(await checks()), { ...good, persistence: "warn" });
  assertStringIncludes((await checks()).get("persistence")?.seen ?? "", "signing key");
  await redis.cli("CONFIG", "SET", "save", "60 1");
  assertStringIncludes((await checks()).get("persistence")?.seen ?? "", "snapshots");
  const policies = {
    "noeviction": "ok",
    "volatile-ttl": "warn",
    "volatile-lru": "warn",
    "allkeys-lru": "fail",
  };
  await redis.cli("CONFIG", "SET", "maxmemory", "100mb");
  for (const [policy, state] of Object.entries(policies)) {
    await redis.cli("CONFIG", "SET", "maxmemory-policy", policy);
    const found = (await checks()).get("memory");
    assertEquals<string | undefined>(found?.state, state, policy);
    assertStringIncludes(found?.seen ?? "", `100 MB with maxmemory-policy ${policy}`);
  }
});

Deno.test("a Redis that cannot be used gets the fix for its reason", () =>
  withPassword(async (file) => {
    await using redis = await startRedis({ password: "another word" });
    const fixFor = async (flags: Record<string, string>) => {
      const [check] = (await checksOf(flags)).values();
      assertEquals(check?.state, "fail");
      return check?.fix ?? "";
    };
    const gone = `redis://127.0.0.1:${freePort()}`;
    assertStringIncludes(await fixFor({ redis: gone }), "check that it is running");
    assertStringIncludes(await fixFor({ redis: redis.url }), "--redis-password-file");
    const wrong = { "redis": redis.url, "redis-password-file": file };
    assertStringIncludes(await fixFor(wrong), "--redis-password-file");
    await redis.cli("CONFIG", "SET", "requirepass", "");
    const cluster = redis.url.replace("redis:", "redis+cluster:");
    assertStringIncludes(await fixFor({ redis: cluster }), "redis:// instead");
    const sentinel = `${redis.url.replace("redis:", "redis+sentinel:")}/mymaster`;
    assertStringIncludes(await fixFor({ redis: sentinel }), "check that it is running");
  }));

Deno.test({
  name: "a Redis without TLS is named as such for a URL with it",
  // The handshake ends with the server: Deno cannot end it before.
  sanitizeResources: false,
  async fn() {
    await using redis = await startRedis();
    const [check] = (await checksOf({ redis: redis.url.replace("redis:", "rediss:") })).values();
    assertStringIncludes(check?.fix ?? "", "compare TLS");
  },
});

Deno.test("each master of a cluster is checked, and one with an old version is named", async () => {
  await using cluster = await startRedisCluster();
  const checks = await checksOf({ redis: cluster.url });
  assertEquals(states(checks), good);
  const alone = await checksOf({ redis: cluster.masters[0]?.url ?? "" });
  assertStringIncludes(alone.get("")?.fix ?? "", "redis+cluster://");
  await using old = await startOldRedis();
  const found = (await checksOf({ redis: old.url })).get("");
  assertEquals(found?.state, "fail");
  assertMatch(found?.seen ?? "", /^Redis 6\./);
});

/** A server that says of itself what Redis 6 says. */
async function startOldRedis(): Promise<Pick<Redis, "url"> & AsyncDisposable> {
  const redis = await startRedis();
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = (async () => {
    for await (const client of listener) void pass(client, redis.port);
  })();
  return {
    url: `redis://127.0.0.1:${listener.addr.port}`,
    async [Symbol.asyncDispose]() {
      listener.close();
      await serving;
      await redis[Symbol.asyncDispose]();
    },
  };
}

async function pass(client: Deno.TcpConn, port: number): Promise<void> {
  const server = await Deno.connect({ hostname: "127.0.0.1", port });
  const old = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      const text = new TextDecoder("latin1").decode(bytes);
      const changed = text.replace(/redis_version:\d/, "redis_version:6");
      controller.enqueue(Uint8Array.from(changed, (letter) => letter.charCodeAt(0)));
    },
  });
  await Promise.all([
    client.readable.pipeTo(server.writable).catch(() => {}),
    server.readable.pipeThrough(old).pipeTo(client.writable).catch(() => {}),
  ]);
}
