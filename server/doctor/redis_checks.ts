/** Checks of the Redis of a cluster, with the login of the server. */
import { type RedisAddress, type RedisPlace, redisPlace } from "../settings/redis_url.ts";
import { Secrets } from "../secrets.ts";
import type { Config } from "../settings/options.ts";
import { bad, type Check, ok, reasonOf, skipped } from "./check.ts";
import { storeChecks } from "./store_checks.ts";

/** What a server tells of itself. */
interface RedisReport {
  /** INFO by its fields. */
  readonly info: ReadonlyMap<string, string>;
  /** The setting `save`; undefined: the user may not read it. */
  readonly save: string | undefined;
  /** The usual time from a command to its answer, ms. */
  readonly latencyMs: number;
  /** How far its clock is ahead of this machine's, ms. */
  readonly aheadMs: number;
}

/** Commands for a measurement of the latency. */
const measurements = 21;
/** Above this a line takes noticeably longer, because it waits for Redis, ms. */
const latencyMost = 20;
const aheadMost = 2_000;

/** Runs the checks; none without `--redis`. */
export async function redisChecks(config: Config): Promise<Check[]> {
  if (config.redis === undefined) return [];
  const place = redisPlace(config.redis);
  const secrets = new Secrets(config).redis;
  const { findServers } = await import("../cluster/redis_places.ts");
  let found: Awaited<ReturnType<typeof findServers>>;
  try {
    found = await findServers(place, secrets);
  } catch (error) {
    return [unreachable("Redis", error)];
  }
  const { servers, login } = found;
  const { askRedis } = await import("../cluster/redis_connection.ts");
  const checks = await Promise.all(servers.map(async (address) => {
    try {
      const report = await askRedis({ address, login }, ask);
      return checksOf(address, { kind: place.kind, report });
    } catch (error) {
      return [unreachable(nameOf(address), error)];
    }
  }));
  const isBroken = checks.flat().some(({ state }) => state === "fail");
  const name = "Redis, store";
  if (isBroken) return [...checks.flat(), skipped(name, "not tried, because of the above")];
  return [...checks.flat(), ...await storeChecks(config, secrets)];
}

function nameOf({ host, port }: RedisAddress): string {
  return `Redis ${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function unreachable(name: string, error: unknown): Check {
  const seen = reasonOf(error);
  const fixes: [RegExp, string][] = [
    [/NOAUTH|WRONGPASS|AUTH/, "write the right password into the file of --redis-password-file"],
    [/certificate|issuer|tls|ssl/i, "name the authority of its certificate by --redis-ca-file"],
    [/NOPERM/, "allow the user what docs/operating.md lists, Redis"],
    [/knows no master/, "end --redis with the name that the sentinels use"],
    [/not a cluster|cluster support/i, "write redis:// instead of redis+cluster://"],
    [
      /wrong version number|ECONNRESET|closed|too long/,
      "compare TLS: redis:// is without, rediss:// with",
    ],
  ];
  const [, fix = "check that it is running, its address in --redis, and the firewall"] =
    fixes.find(([reason]) => reason.test(seen)) ?? [];
  return bad("fail", { name, seen: `cannot be used: ${seen}`, fix });
}

/** Asks a server. */
async function ask(
  session: { send(args: readonly string[]): Promise<unknown> },
): Promise<RedisReport> {
  const text = String(await session.send(["INFO"]));
  const info = new Map(
    text.split(/\r?\n/).flatMap((line) => {
      const [, field, value] = /^(\w+):(.*)$/.exec(line) ?? [];
      return field === undefined || value === undefined ? [] : [[field, value] as const];
    }),
  );
  const config = await session.send(["CONFIG", "GET", "save"]).catch(() => undefined);
  const times: { readonly took: number; readonly ahead: number }[] = [];
  for (let i = 0; i < measurements; i++) {
    const [start, date] = [performance.now(), Date.now()];
    const time = await session.send(["TIME"]);
    const took = performance.now() - start;
    const [seconds, micros] = Array.isArray(time) ? time.map(Number) : [];
    const at = (seconds ?? NaN) * 1000 + (micros ?? NaN) / 1000;
    times.push({ took, ahead: at - date - took / 2 });
  }
  const [quickest] = times.toSorted((a, b) => a.took - b.took);
  const middle = times.toSorted((a, b) => a.took - b.took)[measurements >> 1];
  return {
    info,
    save: Array.isArray(config) ? String(config[1]) : undefined,
    latencyMs: middle?.took ?? NaN,
    aheadMs: quickest?.ahead ?? NaN,
  };
}

function checksOf(
  address: RedisAddress,
  { kind, report }: { readonly kind: RedisPlace["kind"]; readonly report: RedisReport },
): Check[] {
  const name = nameOf(address);
  return [
    report.info.get("cluster_enabled") === "1" && kind !== "cluster"
      ? bad("fail", {
        name,
        seen: "is one server of a Redis Cluster",
        fix: "write redis+cluster://",
      })
      : versionCheck(name, report),
    latencyCheck(`${name}, latency`, report),
    evictionCheck(`${name}, memory`, report),
    persistenceCheck(`${name}, persistence`, report),
    clockCheck(`${name}, clock`, report),
  ];
}

function versionCheck(name: string, { info }: RedisReport): Check {
  const valkey = info.get("valkey_version");
  const version = valkey ?? info.get("redis_version") ?? "";
  const [program, least] = valkey === undefined ? ["Redis", 7] as const : ["Valkey", 8] as const;
  if (Number.parseInt(version) >= least) return ok(name, `${program} ${version}`);
  const seen = `${program} ${version || "of an unknown version"}`;
  return bad("fail", { name, seen, fix: "update it to Redis 7 or Valkey 8, or later" });
}

function latencyCheck(name: string, { latencyMs }: RedisReport): Check {
  const seen = `${latencyMs.toFixed(1)} ms from a command to its answer`;
  return latencyMs <= latencyMost ? ok(name, seen) : bad("warn", {
    name,
    seen,
    fix: "run Redis in the data centre of the nodes: each join and line waits for it",
  });
}

function evictionCheck(name: string, { info }: RedisReport): Check {
  const policy = info.get("maxmemory_policy") ?? "unknown";
  const limit = Number(info.get("maxmemory"));
  if (limit === 0) return ok(name, `no limit, so ${policy} removes nothing`);
  const seen = `${Math.round(limit / 2 ** 20)} MB with maxmemory-policy ${policy}`;
  const fix = "set maxmemory-policy noeviction";
  if (policy.startsWith("allkeys-")) {
    const what = "when it is full, it removes the signing key and the records of rooms";
    return bad("fail", { name, seen: `${seen}: ${what}`, fix });
  }
  if (policy.startsWith("volatile-")) {
    const what = "when it is full, it removes leases and the records of rooms, which expire";
    return bad("warn", { name, seen: `${seen}: ${what}`, fix });
  }
  return ok(name, seen);
}

function persistenceCheck(name: string, { info, save }: RedisReport): Check {
  const failed = [
    ["rdb_last_bgsave_status", "the last snapshot failed"],
    ["aof_last_write_status", "the last write to the append-only file failed"],
  ].find(([field = ""]) => (info.get(field) ?? "ok") !== "ok");
  if (failed !== undefined) {
    const fix = "read the log of Redis; often its disk is full. It may refuse all changes";
    return bad("fail", { name, seen: failed[1] ?? "", fix });
  }
  if (info.get("aof_enabled") === "1") return ok(name, "an append-only file");
  const after = "the signing key and rooms without people are lost, unless replicas keep them";
  if (save === "") {
    return bad("warn", {
      name,
      seen: `off: after a crash ${after}`,
      fix: "set appendonly yes in redis.conf, or --secret-file and accept the rest",
    });
  }
  return save === undefined
    ? skipped(name, "unknown, because the user may not run CONFIG GET; no append-only file")
    : ok(name, "snapshots: after a crash the changes of the last minutes are lost");
}

function clockCheck(name: string, { aheadMs }: RedisReport): Check {
  const seconds = (Math.abs(aheadMs) / 1000).toFixed(1);
  const seen = `${seconds} s ${aheadMs > 0 ? "ahead of" : "behind"} this machine`;
  return Math.abs(aheadMs) <= aheadMost ? ok(name, seen) : bad("warn", {
    name,
    seen,
    fix: "synchronize the clocks of all machines, for example with chrony",
  });
}
