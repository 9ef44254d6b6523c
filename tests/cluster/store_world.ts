// Stores on real Redis servers, as the tests of their failures use them.

import { connectRedis, type RedisStoreOptions } from "../../server/cluster/redis_store.ts";
import type { ClusterStore, Lease, RoomChange } from "../../signaling/cluster/cluster_store.ts";
import { assert } from "../assert.ts";
import { waitFor } from "../rig/mod.ts";

/** A connected store and what it has said; `await using` closes it. */
export interface TestStore extends ClusterStore, AsyncDisposable {
  /** Texts that have arrived. */
  readonly texts: string[];
  /** Each change between reachable and not. */
  readonly changes: boolean[];
  /** Words and facts of each line of the log. */
  readonly lines: string[];
  /** Resolves when the store is reachable, or is not. */
  until(isOnline: boolean): Promise<void>;
}

/** Connects a node and resolves when Redis answers. */
export async function connect(
  url: string,
  options: Partial<RedisStoreOptions> = {},
): Promise<TestStore> {
  const store = await tryToConnect(url, options);
  try {
    await store.until(true);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Connects a node as a server does: Redis may not answer. */
export async function tryToConnect(
  url: string,
  { node = "a", ...options }: Partial<RedisStoreOptions> = {},
): Promise<TestStore> {
  const said = {
    texts: [] as string[],
    changes: [] as boolean[],
    lines: [] as string[],
  };
  const store = await connectRedis({
    url,
    prefix: "test",
    node,
    listener: {
      onText: (text) => said.texts.push(text),
      onOnline: (isOnline) => said.changes.push(isOnline),
    },
    log: {
      line: (_, words, facts = {}) => said.lines.push([words, ...Object.values(facts)].join(": ")),
    },
    ...options,
  });
  const until = async (isOnline: boolean) => {
    const what = `Redis to ${isOnline ? "answer" : "be lost"}, with ${said.lines}`;
    await waitFor(() => store.isOnline === isOnline, { what, every: 20 });
  };
  return Object.assign(store, { ...said, until, [Symbol.asyncDispose]: () => store.close() });
}

/** A change of some fields, or of the whole record. */
export function changeOf(fields: Record<string, string>, { whole = true } = {}): RoomChange {
  return { whole, set: new Map(Object.entries(fields)), remove: [] };
}

/** Takes the lease of a room. */
export async function taken(store: ClusterStore, room: string): Promise<Lease> {
  const result = await store.take(room);
  assert(result.kind === "taken", `${room} is held`);
  return { room, fence: result.fence };
}

/** Sends texts from one store to another until one arrives; then the way is open again. */
export async function untilHeard(from: ClusterStore, to: TestStore, node: string): Promise<void> {
  const text = `probe ${crypto.randomUUID()}`;
  await waitFor(() => {
    from.publish(node, text);
    return to.texts.includes(text);
  }, { what: "a text to arrive", every: 50 });
}

/** What became of a command: its answer, or "rejected". */
export function outcome<T>(promise: Promise<T>): Promise<T | "rejected"> {
  return promise.catch(() => "rejected" as const);
}
