/** Uses the store of a cluster as a node does: a lease, a change, a text to itself. */
import type { ClusterStore } from "../../signaling/cluster/cluster_store.ts";
import type { Config } from "../settings/options.ts";
import { bad, type Check, ok, reasonOf } from "./check.ts";

/** The longest time for a text to come back, ms. */
const patienceMs = 2_000;

/** Runs the checks. What they write is removed again. */
export async function storeChecks(
  { redis = "", redisPrefix }: Config,
  secrets: { readonly password: string | undefined; readonly ca: string | undefined },
): Promise<Check[]> {
  const { connectRedis } = await import("../cluster/redis_store.ts");
  const node = `doctor-${crypto.randomUUID()}`;
  const { promise: heard, resolve } = Promise.withResolvers<string>();
  let reason = "Redis does not answer";
  const store = await connectRedis({
    url: redis,
    prefix: redisPrefix,
    ...secrets,
    node,
    listener: { onText: resolve, onOnline: () => {} },
    log: { line: (_, words, facts) => reason = String(facts?.["reason"] ?? words) },
  });
  try {
    if (!store.isOnline) return [failed("Redis, store", reason)];
    return [await changeCheck(store, node), await textCheck(store, { node, heard })];
  } finally {
    await store.close();
  }
}

async function changeCheck(store: ClusterStore, room: string): Promise<Check> {
  const name = "Redis, scripts";
  try {
    const taken = await store.take(room);
    if (taken.kind !== "taken") return failed(name, `${taken.node} has a lease that is new`);
    const lease = { room, fence: taken.fence };
    const set = new Map([["doctor", "was here"]]);
    const state = await store.commit(lease, { whole: true, set, remove: [] });
    await store.release(lease, { forget: true });
    if (state !== "held") return failed(name, `a change of a new room is answered with ${state}`);
    return ok(name, "a room can be taken, changed and released");
  } catch (error) {
    return failed(name, reasonOf(error));
  }
}

async function textCheck(
  store: ClusterStore,
  { node, heard }: { readonly node: string; readonly heard: Promise<string> },
): Promise<Check> {
  const name = "Redis, texts";
  store.publish(node, "hello");
  let timer: number | undefined;
  const late = new Promise<undefined>((resolve) => timer = setTimeout(resolve, patienceMs));
  const text = await Promise.race([heard, late]);
  clearTimeout(timer);
  return text === "hello"
    ? ok(name, "a text to this node arrives")
    : failed(name, `a text to this node has not arrived within ${patienceMs / 1000} s`);
}

function failed(name: string, seen: string): Check {
  const fix = "let the user of --redis do what docs/operating.md lists, Redis";
  return bad("fail", { name, seen, fix });
}
