/**
 * The store of a cluster in Redis. What happens inside Redis, see redis_scripts.ts; the keys are
 * listed in docs/scaling.md.
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import {
  type ClusterListener,
  type ClusterStore,
  lastingField,
  lastingMs,
  type Lease,
  leaseMs,
  type LeaseState,
  type NodeInfo,
  renewEveryMs,
  type RoomChange,
  type RoomRecord,
  type Taken,
} from "../../signaling/cluster/cluster_store.ts";
import { mapBounded, type NodeId } from "../../signaling/mod.ts";
import type { Log } from "../log.ts";
import { redisPlace } from "../settings/redis_url.ts";
import type { RedisSession } from "./redis_connection.ts";
import { openRoute } from "./redis_places.ts";
import type { RedisRoute } from "./redis_route.ts";
import { redisScripts, type ScriptName } from "./redis_scripts.ts";
import { TextOrder } from "./text_order.ts";

/** What a connection to the store needs. */
export interface RedisStoreOptions {
  /** As `--redis` takes it. */
  readonly url: string;
  /** What all keys and channels begin with; no braces. */
  readonly prefix: string;
  readonly password?: string | undefined;
  /** Certificates to trust besides the usual ones, PEM. */
  readonly ca?: string | undefined;
  readonly node: NodeId;
  readonly listener: ClusterListener;
  readonly log: Pick<Log, "line">;
}

/** How long connecting may take before `connectRedis` resolves all the same, ms. */
const connectMs = 2_000;
/** How long `close` tries to withdraw the announcement, ms. */
const withdrawMs = 500;
/** Different reasons that are logged for one time without Redis. */
const reasonsMost = 5;
/** An entry of the index of rooms is renewed when this part of the time it is kept is over. */
const indexPart = 1 / 8;

/**
 * Connects to Redis. It resolves when Redis answers, or after two seconds without an answer: then
 * `isOnline` is false and the store goes on trying. `sharedKey` rejects until it is online, so a
 * server that needs the key must wait for `onOnline`. Throws `BadValue` for a malformed URL.
 */
export async function connectRedis(options: RedisStoreOptions): Promise<ClusterStore> {
  const { promise: online, resolve } = Promise.withResolvers<void>();
  const store = new RedisStore(options, resolve);
  let timer: number | undefined;
  const late = new Promise<void>((resolve) => timer = setTimeout(resolve, connectMs));
  await Promise.race([online, late]);
  clearTimeout(timer);
  return store;
}

const hashes = Object.fromEntries(
  Object.entries(redisScripts).map(([name, source]) => [name, sha1(source)]),
);

class RedisStore implements ClusterStore {
  readonly #options: RedisStoreOptions;
  readonly #route: RedisRoute;
  readonly #order: TextOrder;
  readonly #onFirstOnline: () => void;
  #isOnline = false;
  #isClosed = false;
  /** Those that were logged since Redis answered last. */
  readonly #reasons = new Set<string>();
  /** Numbers commands; it starts at the time, so that a node that starts again goes on above. */
  #number = Date.now() * 1000;
  /** When the index of rooms got its last entry for a room that this node changes, ms. */
  readonly #indexed = new Map<string, number>();
  /** The number of the last change of each lease that was answered. */
  readonly #changed = new WeakMap<Lease, number>();

  constructor(options: RedisStoreOptions, onFirstOnline: () => void) {
    this.#options = options;
    this.#onFirstOnline = onFirstOnline;
    const { url, password, ca, node, listener } = options;
    this.#order = new TextOrder(node, this.#number);
    this.#route = openRoute(redisPlace(url), {
      login: { password, ca },
      prepare: loadScripts,
      channel: this.#channel(node),
      onText: (sent) => {
        const text = this.#order.receive(sent);
        if (text !== undefined && !this.#isClosed) listener.onText(text);
      },
      onChange: (reason) => this.#noticeChange(reason),
    });
  }

  get isOnline(): boolean {
    return this.#isOnline;
  }

  async take(room: string): Promise<Taken> {
    const { node } = this.#options;
    const answer = await this.#run("take", room, [node, this.#next(), leaseMs]);
    const [isTaken, value, fields, lasting] = listOf(answer);
    if (isTaken !== 1) return { kind: "held", node: String(value) };
    return { kind: "taken", fence: Number(value), stored: recordIn(fields, lasting) ?? new Map() };
  }

  renew(leases: readonly Lease[]): Promise<LeaseState[]> {
    return Promise.all(leases.map((lease) => this.#runFor(lease, "renew")));
  }

  async commit(lease: Lease, change: RoomChange): Promise<LeaseState> {
    const { whole, remove } = change;
    const set = [...change.set].filter(([name]) => name !== lastingField);
    const lasting = change.set.get(lastingField);
    const isRemoved = whole || remove.includes(lastingField);
    const withLasting = lasting !== undefined ? "set" : isRemoved ? "remove" : "leave";
    const state = await this.#runFor(lease, "commit", [
      ...[whole ? 1 : 0, withLasting, lasting ?? "", set.length],
      ...set.flatMap(([name, value]) => [`.${name}`, value]),
      ...remove.map((name) => `.${name}`),
    ]);
    if (state === "held") await this.#index(lease.room, change);
    else this.#indexed.delete(lease.room);
    return state;
  }

  async release(lease: Lease, { forget }: { readonly forget: boolean }): Promise<void> {
    this.#indexed.delete(lease.room);
    // While nobody else can take the room and list it.
    if (forget) await this.#send(this.#roomsKey, ["ZREM", lease.room]);
    await this.#runFor(lease, "release", [forget ? 1 : 0]);
  }

  async read(room: string): Promise<RoomRecord | undefined> {
    const { record, lasting } = this.#keysOf(room);
    const [fields, text] = await Promise.all([
      this.#send(record, ["HGETALL"]),
      this.#send(lasting, ["GET"]),
    ]);
    const value = typeof text === "string" ? text.slice(text.indexOf(" ") + 1) : undefined;
    return recordIn(fields, value);
  }

  async rooms(): Promise<string[]> {
    const listed = listOf(await this.#send(this.#roomsKey, ["ZRANGE", "0", "-1", "WITHSCORES"]))
      .map((entry) => listOf(entry).map(String));
    const isThere = await mapBounded(listed, async ([name = ""]) => {
      const { record, lasting } = this.#keysOf(name);
      const found = [this.#send(record, ["HEXISTS", "#n"]), this.#send(lasting, ["EXISTS"])];
      return (await Promise.all(found)).includes(1);
    });
    const gone = listed.filter((_, index) => !isThere[index]);
    if (gone.length > 0) await this.#evaluate("prune", [this.#roomsKey], gone.flat());
    return listed.filter((_, index) => isThere[index]).map(([name = ""]) => name);
  }

  publish(node: NodeId, text: string): void {
    if (!this.#isClosed) this.#route.publish(this.#channel(node), this.#order.send(text));
  }

  async announce(info: NodeInfo): Promise<boolean> {
    const args = [info.node, JSON.stringify(info), 3 * renewEveryMs];
    return await this.#evaluate("announce", [this.#nodesKey], args) === "alone";
  }

  async nodes(): Promise<NodeInfo[]> {
    const answer = await this.#evaluate("nodes", [this.#nodesKey], []);
    return listOf(answer).map((text) => JSON.parse(String(text)));
  }

  async sharedKey(offered: Uint8Array): Promise<Uint8Array> {
    const text = Buffer.from(offered).toString("base64");
    const key = `${this.#options.prefix}:key`;
    const present = await this.#send(key, ["SET", text, "NX", "GET"]);
    return typeof present === "string" ? new Uint8Array(Buffer.from(present, "base64")) : offered;
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    const withdrawn = this.#send(this.#nodesKey, ["HDEL", this.#options.node]);
    this.#isClosed = true;
    let timer: number | undefined;
    const late = new Promise<void>((resolve) => timer = setTimeout(resolve, withdrawMs));
    await Promise.race([withdrawn.catch(() => {}), late]);
    clearTimeout(timer);
    this.#isOnline = false;
    this.#route.close();
  }

  get #nodesKey(): string {
    return `${this.#options.prefix}:nodes`;
  }

  get #roomsKey(): string {
    return `${this.#options.prefix}:rooms`;
  }

  #channel(node: NodeId): string {
    return `${this.#options.prefix}:node:${node}`;
  }

  /** The room stands between braces: a cluster keeps its keys in one place. */
  #keysOf(room: string): { lease: string; record: string; lasting: string } {
    const tag = room.replace(/[{}%]/g, encodeURIComponent) || "%";
    const base = `${this.#options.prefix}{${tag}}`;
    return { lease: `${base}:lease`, record: `${base}:room`, lasting: `${base}:lasting` };
  }

  #next(): number {
    return ++this.#number;
  }

  /** Lists a room, from time to time only: the index may lag. */
  async #index(room: string, { whole }: RoomChange): Promise<void> {
    const now = Date.now();
    const last = this.#indexed.get(room);
    if (!whole && last !== undefined && now - last < lastingMs * indexPart) return;
    this.#indexed.set(room, now);
    try {
      await this.#evaluate("index", [this.#roomsKey], [room, lastingMs * (1 + indexPart)]);
    } catch {
      // The change itself is stored; the next one lists the room.
      this.#indexed.delete(room);
    }
  }

  async #runFor(
    lease: Lease,
    script: "renew" | "commit" | "release",
    further: readonly (string | number)[] = [],
  ): Promise<LeaseState> {
    const { room, fence } = lease;
    const number = this.#next();
    const last = this.#changed.get(lease) ?? 0;
    const head = [this.#options.node, fence, number, leaseMs, last];
    const answer = await this.#run(script, room, [...head, ...further]);
    if (script === "commit" && answer === "held") this.#changed.set(lease, number);
    if (answer === "lost") this.#indexed.delete(room);
    if (answer === "held" || answer === "rewrite" || answer === "lost") return answer;
    throw new Error(`Redis answered ${script} with an unexpected ${typeof answer}`);
  }

  #run(script: ScriptName, room: string, args: readonly (string | number)[]): Promise<unknown> {
    const { lease, record, lasting } = this.#keysOf(room);
    return this.#evaluate(script, [lease, record, lasting], args);
  }

  #evaluate(
    script: ScriptName,
    keys: readonly [string, ...string[]],
    args: readonly (string | number)[],
  ): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new Error("the store is closed"));
    const hash = hashes[script] ?? "";
    return this.#route.send(keys[0], [
      "EVALSHA",
      hash,
      String(keys.length),
      ...keys,
      ...args.map(String),
    ]);
  }

  /** Sends a command; its key is its first argument. */
  #send(key: string, [command = "", ...args]: readonly string[]): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new Error("the store is closed"));
    return this.#route.send(key, [command, key, ...args]);
  }

  #noticeChange(reason: string): void {
    if (this.#isClosed) return;
    const { listener, log } = this.#options;
    const { isUp } = this.#route;
    if (!isUp && reason !== "" && !this.#reasons.has(reason) && this.#reasons.size < reasonsMost) {
      this.#reasons.add(reason);
      log.line("warn", "Redis cannot be used; trying again", { reason });
    }
    if (isUp === this.#isOnline) return;
    this.#isOnline = isUp;
    if (isUp) {
      this.#reasons.clear();
      log.line("info", "Redis answers");
      this.#onFirstOnline();
    }
    listener.onOnline(isUp);
  }
}

async function loadScripts(session: RedisSession): Promise<void> {
  await Promise.all(
    Object.values(redisScripts).map((source) => session.send(["SCRIPT", "LOAD", source])),
  );
  await session.send(["EVALSHA", hashes["probe"] ?? "", "0"]);
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

/**
 * The record in the fields and values of a room's hash, and in what lasts; undefined: there is
 * none.
 */
function recordIn(answer: unknown, lasting: unknown): RoomRecord | undefined {
  const list = listOf(answer);
  const record = new Map<string, string>();
  let isThere = typeof lasting === "string";
  if (typeof lasting === "string") record.set(lastingField, lasting);
  for (let i = 0; i + 1 < list.length; i += 2) {
    const name = String(list[i]);
    if (name.startsWith(".")) record.set(name.slice(1), String(list[i + 1]));
    else if (name === "#n") isThere = true;
  }
  return isThere ? record : undefined;
}

function listOf(answer: unknown): readonly unknown[] {
  if (Array.isArray(answer)) return answer;
  throw new Error(`Redis answered with an unexpected ${typeof answer}`);
}
