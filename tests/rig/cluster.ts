// Several nodes on this machine, with Debian's Redis behind them and nginx before them.

import { type Proxy, startBalancer } from "./proxies.ts";
import { type Redis, type RedisOptions, startRedis } from "./redis.ts";
import { type RestartableServer, startRestartable } from "./restartable_server.ts";
import { TcpGate } from "./tcp_gate.ts";

/** How to start a cluster. */
export interface ClusterOptions {
  /** How many nodes; by default three. */
  readonly nodes?: number;
  /** Further arguments of each node. */
  readonly args?: readonly string[];
  readonly redis?: RedisOptions;
  /** Whether the sockets of a room go to one node; by default the nodes take turns. */
  readonly isByRoom?: boolean;
}

/** What `/healthz` tells of a node. */
export interface NodeHealth {
  readonly rooms: number;
  readonly peers: number;
  readonly sockets: number;
  readonly faults: number;
  readonly cluster: {
    readonly node: string;
    readonly isOnline: boolean;
    readonly homes: number;
    readonly farSockets: number;
    readonly links: number;
    readonly waiting: number;
  };
}

/** One process of a cluster. */
export class ClusterNode implements AsyncDisposable {
  readonly #server: RestartableServer;
  readonly #gate: TcpGate;
  #isStopped = false;

  constructor(server: RestartableServer, gate: TcpGate) {
    this.#server = server;
    this.#gate = gate;
  }

  /** Its own address, past nginx. */
  get url(): string {
    return this.#server.current.url;
  }

  get pid(): number {
    return this.#server.current.child.pid;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** What it wrote. */
  get output(): string {
    return this.#server.current.output;
  }

  async health(): Promise<NodeHealth> {
    return await (await fetch(`${this.url}/healthz`)).json();
  }

  /** The status of `/readyz`. */
  async readiness(): Promise<number> {
    const answer = await fetch(`${this.url}/readyz`);
    await answer.body?.cancel();
    return answer.status;
  }

  /** By SIGKILL. */
  kill(): Promise<void> {
    return this.#server.kill();
  }

  /** By SIGTERM; resolves when it has ended, and fails unless that was within 6 s and clean. */
  async end(): Promise<void> {
    await this.#server.current.stop();
  }

  /** A new process at the same port; resolves when it answers. */
  startAgain(): Promise<void> {
    return this.#server.startAgain();
  }

  /** It reads its settings again. */
  reload(): void {
    this.#server.current.child.kill("SIGHUP");
  }

  /** By SIGSTOP: it does nothing, and its connections stay open. */
  freeze(): void {
    this.#server.current.child.kill("SIGSTOP");
    this.#isStopped = true;
  }

  thaw(): void {
    this.#server.current.child.kill("SIGCONT");
    this.#isStopped = false;
  }

  /** Nothing passes between it and Redis. */
  cutOff(): void {
    this.#gate.shut();
  }

  /** What was sent meanwhile arrives now. */
  reconnect(): void {
    this.#gate.open();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isStopped) this.thaw();
    await this.#server[Symbol.asyncDispose]();
    await this.#gate[Symbol.asyncDispose]();
  }
}

/** A running cluster; disposing ends everything. */
export interface Cluster extends AsyncDisposable {
  readonly redis: Redis;
  readonly nodes: readonly ClusterNode[];
  /** nginx. */
  readonly proxy: Proxy;
}

/** Starts a cluster. Each node reaches Redis through a gate for itself. */
export async function startCluster(
  { nodes: count = 3, args = [], redis: redisOptions, isByRoom = false }: ClusterOptions = {},
): Promise<Cluster> {
  await using stack = new AsyncDisposableStack();
  const redis = stack.use(await startRedis(redisOptions));
  const nodes = await Promise.all(
    Array.from({ length: count }, async () => {
      const gate = new TcpGate(redis.port);
      const server = await startRestartable({
        args: [
          ...["--redis", `redis://127.0.0.1:${gate.port}`, "--trust-proxy", "loopback"],
          ...["--allow-origin", "*", ...args],
        ],
      });
      return stack.use(new ClusterNode(server, gate));
    }),
  );
  const proxy = stack.use(await startBalancer(nodes.map(({ port }) => port), { isByRoom }));
  const kept = stack.move();
  return { redis, nodes, proxy, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** The node that is the home of the only room. */
export async function homeIn({ nodes }: Cluster): Promise<ClusterNode> {
  for (const node of nodes) {
    if ((await node.health()).cluster.homes > 0) return node;
  }
  throw new Error("no node has a room");
}
