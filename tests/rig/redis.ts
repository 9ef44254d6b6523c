// Debian's redis-server on this machine: alone, encrypted, watched by a sentinel, or as a cluster.

import { freePort } from "./free_port.ts";
import { waitFor } from "./wait_for.ts";

/** What a server has besides the defaults. */
export interface RedisOptions {
  /** Its port, by default a free one. */
  port?: number;
  password?: string;
  /** PEM files; then only TLS is spoken. */
  tls?: { certFile: string; keyFile: string };
  /** Whether data survives a kill. */
  isPersistent?: boolean;
  /** More flags of redis-server. */
  flags?: string[];
}

/** A redis-server; `await using` ends it and removes its folder. */
export interface Redis extends AsyncDisposable {
  readonly port: number;
  /** For --redis. */
  readonly url: string;
  /** Sends a command by redis-cli and returns what it prints. */
  cli(...args: string[]): Promise<string>;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Starts it again after `kill`, on the same port and folder. */
  start(): Promise<void>;
  /** Stops it as a machine that hangs; its sockets stay open. */
  pause(): void;
  resume(): void;
  /** The seconds of CPU that it has used. */
  cpuSeconds(): Promise<number>;
}

/** Starts a server and resolves when it answers. */
export async function startRedis(options: RedisOptions = {}): Promise<Redis> {
  const redis = new RedisProcess(options, await Deno.makeTempDir({ prefix: "parley-redis-" }));
  try {
    await redis.start();
    return redis;
  } catch (error) {
    await redis[Symbol.asyncDispose]();
    throw error;
  }
}

class RedisProcess implements Redis {
  readonly port: number;
  readonly #options: RedisOptions;
  readonly #folder: string;
  #child: Deno.ChildProcess | undefined;

  constructor(options: RedisOptions, folder: string) {
    this.port = options.port ?? freePort();
    this.#options = options;
    this.#folder = folder;
  }

  get url(): string {
    return `${this.#options.tls ? "rediss" : "redis"}://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const { password, tls, isPersistent = false, flags = [] } = this.#options;
    const args = ["--bind", "127.0.0.1", "--dir", this.#folder, "--save", ""];
    args.push(...tls ? ["--port", "0", "--tls-port"] : ["--port"], String(this.port));
    if (tls) args.push("--tls-cert-file", tls.certFile, "--tls-key-file", tls.keyFile);
    if (tls) args.push("--tls-auth-clients", "no");
    if (password) args.push("--requirepass", password);
    if (isPersistent) args.push("--appendonly", "yes", "--appendfsync", "always");
    const given = flags.includes("--sentinel") ? flags : [...args, ...flags];
    const child = this.#child = spawn("redis-server", given);
    // Another server may have got the port in between.
    const own = new RegExp(`^process_id:${child.pid}\\s*$`, "m");
    await waitFor(async () => own.test(await this.cli("INFO", "server")), {
      what: `redis-server to answer on port ${this.port}`,
      every: 20,
    });
  }

  async cli(...args: string[]): Promise<string> {
    const { password, tls } = this.#options;
    const flags = ["-p", String(this.port), "--no-auth-warning"];
    if (password) flags.push("-a", password);
    if (tls) flags.push("--tls", "--cacert", tls.certFile);
    const { stdout, stderr } = await new Deno.Command("redis-cli", {
      args: [...flags, ...args],
      stdin: "null",
      signal: AbortSignal.timeout(20_000),
    }).output();
    return new TextDecoder().decode(stdout.length > 0 ? stdout : stderr).trim();
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    // A stopped process ends by this signal too.
    child?.kill("SIGKILL");
    await child?.status;
  }

  pause(): void {
    this.#child?.kill("SIGSTOP");
  }

  resume(): void {
    this.#child?.kill("SIGCONT");
  }

  async cpuSeconds(): Promise<number> {
    const info = await this.cli("INFO", "cpu");
    const [user = 0, system = 0] = ["user", "sys"].map((kind) =>
      Number(new RegExp(`used_cpu_${kind}:([\\d.]+)`).exec(info)?.[1])
    );
    return user + system;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await Deno.remove(this.#folder, { recursive: true });
  }
}

/** A master, its replica and the sentinel that watches them. */
export interface WatchedRedis extends AsyncDisposable {
  readonly url: string;
  readonly master: Redis;
  readonly replica: Redis;
}

/** Starts a master called `mymaster`; the sentinel puts the replica in its place after a second. */
export async function startWatchedRedis(): Promise<WatchedRedis> {
  await using stack = new AsyncDisposableStack();
  const master = stack.use(await startRedis());
  const of = ["--replicaof", "127.0.0.1", String(master.port)];
  const replica = stack.use(await startRedis({ flags: of }));
  const folder = await Deno.makeTempDir({ prefix: "parley-sentinel-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const port = freePort();
  const lines = [
    `port ${port}`,
    "bind 127.0.0.1",
    `dir ${folder}`,
    `sentinel monitor mymaster 127.0.0.1 ${master.port} 1`,
    "sentinel down-after-milliseconds mymaster 1000",
    "sentinel failover-timeout mymaster 3000",
  ];
  await Deno.writeTextFile(`${folder}/sentinel.conf`, lines.join("\n") + "\n");
  const flags = [`${folder}/sentinel.conf`, "--sentinel"];
  const sentinel = stack.use(await startRedis({ port, flags }));
  await waitFor(
    async () => (await sentinel.cli("SENTINEL", "REPLICAS", "mymaster")).includes("slave"),
    { what: "the sentinel to know the replica", timeout: 30_000 },
  );
  const kept = stack.move();
  return {
    url: `redis+sentinel://127.0.0.1:${port}/mymaster`,
    master,
    replica,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Three masters without replicas. */
export interface RedisCluster extends AsyncDisposable {
  readonly url: string;
  readonly masters: readonly Redis[];
}

/** Starts a cluster and resolves when all its slots are served. */
export async function startRedisCluster(): Promise<RedisCluster> {
  await using stack = new AsyncDisposableStack();
  const masters: Redis[] = [];
  for (let i = 0; i < 3; i++) {
    const flags = ["--cluster-enabled", "yes", "--cluster-node-timeout", "1000"];
    flags.push("--cluster-port", String(freePort()));
    masters.push(stack.use(await startRedis({ isPersistent: true, flags })));
  }
  const [first] = masters;
  const addresses = masters.map(({ port }) => `127.0.0.1:${port}`);
  const report = await first?.cli("--cluster", "create", ...addresses, "--cluster-yes");
  for (const { cli } of masters.map((master) => ({ cli: master.cli.bind(master) }))) {
    await waitFor(async () => (await cli("CLUSTER", "INFO")).includes("cluster_state:ok"), {
      what: `the cluster to be whole after: ${report}`,
    });
  }
  const kept = stack.move();
  return {
    url: `redis+cluster://${addresses.slice(0, 2).join(",")}`,
    masters,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function spawn(program: string, args: string[]): Deno.ChildProcess {
  return new Deno.Command(program, { args, stdin: "null", stdout: "null", stderr: "null" }).spawn();
}
