// The store in a real Redis keeps the contract: in one server, and in a cluster.

import type { ClusterListener, ClusterStore } from "../../signaling/cluster/cluster_store.ts";
import { assert } from "../assert.ts";
import { type Redis, startRedis, startRedisCluster } from "../rig/mod.ts";
import { connect } from "./store_world.ts";
import { type StoreWorld, testStoreContract } from "./store_contract.ts";

/** The servers under test, with a prefix of its own for each test. */
class RedisWorld implements StoreWorld {
  readonly #servers: readonly Redis[];
  readonly #url: string;
  readonly #prefix = `t${crypto.randomUUID()}`;
  readonly #stores: ClusterStore[] = [];

  constructor(url: string, servers: readonly Redis[]) {
    this.#url = url;
    this.#servers = servers;
  }

  async connect(node: string, listener: Partial<ClusterListener> = {}): Promise<ClusterStore> {
    const store = await connect(this.#url, {
      prefix: this.#prefix,
      node,
      listener: {
        onText: () => {},
        onOnline: () => {},
        ...listener,
      },
    });
    this.#stores.push(store);
    return store;
  }

  async expire(room: string): Promise<void> {
    await this.#eachServer((server) => server.cli("-c", "DEL", `${this.#prefix}{${room}}:lease`));
  }

  async abandon(room: string): Promise<void> {
    const keys = ["lease", "room"].map((kind) => `${this.#prefix}{${room}}:${kind}`);
    await this.#eachServer((server) => server.cli("-c", "DEL", ...keys));
  }

  async lose(): Promise<void> {
    await this.#eachServer((server) => server.cli("FLUSHALL"));
  }

  async close(): Promise<void> {
    for (const store of this.#stores) await store.close();
  }

  async #eachServer(act: (server: Redis) => Promise<unknown>): Promise<void> {
    for (const server of this.#servers) await act(server);
  }
}

let server: Redis | undefined;
let cluster: Awaited<ReturnType<typeof startRedisCluster>> | undefined;

Deno.test.beforeAll(async () => {
  [server, cluster] = await Promise.all([startRedis(), startRedisCluster()]);
});

Deno.test.afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await cluster?.[Symbol.asyncDispose]();
});

testStoreContract("the store in Redis", () => {
  assert(server !== undefined);
  return Promise.resolve(new RedisWorld(server.url, [server]));
}, { endsLate: true });

testStoreContract("the store in a Redis Cluster", () => {
  assert(cluster !== undefined);
  return Promise.resolve(new RedisWorld(cluster.url, cluster.masters));
}, { endsLate: true });
