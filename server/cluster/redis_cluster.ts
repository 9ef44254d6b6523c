/**
 * The way to a Redis Cluster: which server has which keys, one connection to each master, and one
 * that hears this node's channel, which is sharded (SSUBSCRIBE).
 *
 * The npm client's own cluster is not used, because it sends commands again after an error, and an
 * older change must not follow a newer one.
 */
import type { RedisAddress } from "../settings/redis_url.ts";
import { askRedis, RedisConnection, type RedisLogin } from "./redis_connection.ts";
import type { RedisRoute, RouteOptions } from "./redis_route.ts";
import { slotOf, slots } from "./redis_slots.ts";

/** How often the map of slots is read without a cause, ms. */
const refreshEveryMs = 5_000;
/** The shortest time between two readings, ms. */
const refreshGapMs = 200;

const slotsQuestion = ["CLUSTER", "SLOTS"] as const;

/** One master. */
interface Master {
  readonly address: RedisAddress;
  readonly commands: RedisConnection;
}

/** A cluster, with all its masters. */
export class ClusterRoute implements RedisRoute {
  readonly #seeds: readonly RedisAddress[];
  readonly #options: RouteOptions;
  /** By "host:port". */
  readonly #masters = new Map<string, Master>();
  /** The master of each slot. */
  #owners: readonly (string | undefined)[] = new Array(slots).fill(undefined);
  readonly #texts: RedisConnection;
  readonly #channelSlot: number;
  /** The master on which the channel is heard. */
  #heardAt: string | undefined;
  #isClosed = false;
  /** Resolves with the first map. */
  readonly #mapped = Promise.withResolvers<void>();
  #isRefreshing = false;
  #timer: number | undefined;
  /** When the next reading is due, ms of `performance.now()`. */
  #dueAt = Infinity;

  constructor(seeds: readonly RedisAddress[], options: RouteOptions) {
    this.#seeds = seeds;
    this.#options = options;
    const { login, channel, onText, onChange } = options;
    this.#channelSlot = slotOf(channel);
    this.#refreshSoon(0);
    this.#texts = new RedisConnection({
      locate: async () => {
        await this.#mapped.promise;
        this.#heardAt = this.#owners[this.#channelSlot] ?? "";
        const master = this.#masters.get(this.#heardAt);
        if (master === undefined) throw new Error("no server has this node's channel");
        return master.address;
      },
      login,
      prepare: (session) => session.subscribe(channel, { isSharded: true, onText }),
      onChange: (isUp, reason) => {
        if (!isUp) this.#refreshSoon();
        onChange(reason);
      },
    });
  }

  /** Whether every slot has a master that is connected. */
  get isUp(): boolean {
    return this.#texts.isUp && !this.#owners.includes(undefined) &&
      [...this.#masters.values()].every(({ commands }) => commands.isUp);
  }

  async send(key: string, args: readonly string[]): Promise<unknown> {
    const master = this.#ownerOf(key);
    if (master === undefined) throw new Error("no server of the cluster has this key");
    try {
      return await master.commands.send(args);
    } catch (error) {
      // A key that is on its way is asked for at its new place.
      const { message } = error instanceof Error ? error : new Error();
      const [, kind, host, port] = /^(MOVED|ASK) \d+ (\S*):(\d+)$/.exec(message) ?? [];
      if (kind === "MOVED" || message.startsWith("CLUSTERDOWN")) this.#refreshSoon();
      const next = this.#masters.get(`${host || master.address.host}:${port}`);
      if (kind === undefined || next === undefined) throw error;
      if (kind === "ASK") next.commands.send(["ASKING"]).catch(() => {});
      return await next.commands.send(args);
    }
  }

  publish(channel: string, text: string): void {
    this.#ownerOf(channel)?.commands.send(["SPUBLISH", channel, text]).catch((error) => {
      if (error instanceof Error && error.message.startsWith("MOVED")) this.#refreshSoon();
    });
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#texts.close();
    for (const { commands } of this.#masters.values()) commands.close();
  }

  #ownerOf(key: string): Master | undefined {
    return this.#masters.get(this.#owners[slotOf(key)] ?? "");
  }

  /** Plans a reading of the map; an earlier one that is planned stays. */
  #refreshSoon(ms = refreshGapMs): void {
    const dueAt = performance.now() + ms;
    if (this.#isClosed || this.#isRefreshing || dueAt >= this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => void this.#refreshNow(), ms);
  }

  async #refreshNow(): Promise<void> {
    this.#dueAt = Infinity;
    this.#isRefreshing = true;
    await this.#refresh();
    this.#isRefreshing = false;
    this.#refreshSoon(this.isUp ? refreshEveryMs : refreshGapMs);
  }

  /** Reads the map of slots from the first server that answers. */
  async #refresh(): Promise<void> {
    const connected = [...this.#masters.values()].filter(({ commands }) => commands.isUp);
    for (const { address, commands } of connected) {
      try {
        return this.#apply(ownersIn(await commands.send(slotsQuestion), address));
      } catch {
        // The next one may answer.
      }
    }
    try {
      this.#apply(await findOwners(this.#seeds, this.#options.login));
    } catch (error) {
      if (!this.#isClosed) {
        this.#options.onChange(error instanceof Error ? error.message : String(error));
      }
    }
  }

  #apply(owners: readonly (RedisAddress | undefined)[]): void {
    if (this.#isClosed) return;
    const wanted = new Map<string, RedisAddress>();
    this.#owners = owners.map((address) => {
      if (address === undefined) return undefined;
      const name = `${address.host}:${address.port}`;
      wanted.set(name, address);
      return name;
    });
    for (const [name, { commands }] of this.#masters) {
      if (wanted.has(name)) continue;
      this.#masters.delete(name);
      commands.close();
    }
    for (const [name, address] of wanted) {
      if (!this.#masters.has(name)) this.#masters.set(name, this.#connect(address));
    }
    this.#mapped.resolve();
    if (this.#heardAt !== undefined && this.#heardAt !== this.#owners[this.#channelSlot]) {
      this.#texts.reconnect("another server has this node's channel now");
    }
    this.#options.onChange(owners.includes(undefined) ? "some keys have no server" : "");
  }

  #connect(address: RedisAddress): Master {
    const { login, prepare, onChange } = this.#options;
    const commands = new RedisConnection({
      locate: () => address,
      login,
      prepare,
      onChange: (isUp, reason) => {
        if (!isUp) this.#refreshSoon();
        onChange(reason);
      },
    });
    return { address, commands };
  }
}

/** The master of each slot, by the first of the seeds that answers; rejects if none does. */
export async function findOwners(
  seeds: readonly RedisAddress[],
  login: RedisLogin,
): Promise<readonly (RedisAddress | undefined)[]> {
  let failure: unknown = new Error("no server is named");
  for (const address of seeds) {
    try {
      const answer = await askRedis({ address, login }, (session) => session.send(slotsQuestion));
      return ownersIn(answer, address);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** The master of each slot in an answer to CLUSTER SLOTS: lists of first, last, [host, port …] … */
function ownersIn(
  answer: unknown,
  asked: RedisAddress,
): readonly (RedisAddress | undefined)[] {
  if (!Array.isArray(answer)) throw new Error("this Redis is not a cluster");
  const owners = new Array<RedisAddress | undefined>(slots).fill(undefined);
  for (const range of answer) {
    if (!Array.isArray(range) || !Array.isArray(range[2])) continue;
    const [host, port] = range[2];
    // No host means: the one that was asked.
    const address = { host: host ? String(host) : asked.host, port: Number(port) };
    owners.fill(address, Number(range[0]), Number(range[1]) + 1);
  }
  return owners;
}
