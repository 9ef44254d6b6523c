/**
 * One connection to one Redis server, which is made again whenever it ends. The npm client is used
 * for one connection's life only: it resends nothing and reconnects nothing, because what it would
 * deliver later is no longer true.
 * Invariants:
 *  1 A command is written at once or rejected; it is written on one connection only.
 *  2 Each command is settled within `storePatienceMs`; the connection ends if an answer is overdue.
 *  3 Nothing that happens to the connection throws or rejects unheard.
 */
import { createClient, DisconnectsClientError, RESP_TYPES } from "@redis/client";
import { storePatienceMs } from "../../signaling/cluster/cluster_store.ts";
import type { RedisAddress } from "../settings/redis_url.ts";

/** How to log in, and whether encrypted. */
export interface RedisLogin {
  readonly isEncrypted: boolean;
  /** Certificates to trust besides the usual ones, PEM. */
  readonly ca?: string | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  readonly database?: number;
}

/** One connection, as those see it that prepare it. */
export interface RedisSession {
  send(args: readonly string[]): Promise<unknown>;
  /** Resolves when the texts of a channel arrive. `sharded`: by SSUBSCRIBE. */
  subscribe(channel: string, options: SubscribeOptions): Promise<void>;
}

/** What a subscription needs. */
export interface SubscribeOptions {
  readonly isSharded: boolean;
  readonly onText: (text: string) => void;
}

/** What a connection needs. */
export interface ConnectionOptions {
  /** Where to connect now; asked again at each attempt. */
  readonly locate: () => RedisAddress | Promise<RedisAddress>;
  readonly login: RedisLogin;
  /** Prepares a new connection before it is used; if it fails, the attempt has failed. */
  readonly prepare: (session: RedisSession) => Promise<void>;
  /** Called at each change. `reason`: why it is down. */
  readonly onChange: (isUp: boolean, reason: string) => void;
}

/** How often the age of unanswered commands is checked, ms, and how many checks one may wait. */
const checkEveryMs = storePatienceMs / 5;
const checksMost = 4;
/** Checks from one PING to the next. */
const checksPerPing = 5;
/** The longest time for connecting and preparing, ms. */
const attemptMs = 3_000;
const firstWaitMs = 50;
const longestWaitMs = 1_000;

/**
 * Errors of a server that can serve nobody for now: it has forgotten the scripts, is a replica, is
 * full, cannot write to its disk, has lost its replicas or its master, or is starting.
 */
const unusable = /^(NOSCRIPT|READONLY|OOM|MISCONF|NOREPLICAS|MASTERDOWN|LOADING)\b/;

type Client = ReturnType<typeof makeClient>;

/** A connection that is made again whenever it ends. */
export class RedisConnection {
  readonly #options: ConnectionOptions;
  #live: LiveConnection | undefined;
  #attempt: LiveConnection | undefined;
  #isClosed = false;
  #failures = 0;
  #timer: number | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    void this.#connect();
  }

  get isUp(): boolean {
    return this.#live !== undefined;
  }

  /** Sends a command; rejects at once if there is no connection. */
  send(args: readonly string[]): Promise<unknown> {
    return this.#live?.send(args) ?? Promise.reject(new Error("Redis is not connected"));
  }

  /** Connects anew and at once, for example because another server is the right one now. */
  reconnect(reason: string): void {
    this.#live?.end(reason);
    this.#attempt?.end(reason);
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    void this.#connect();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#live?.end("closed");
    this.#attempt?.end("closed");
  }

  async #connect(): Promise<void> {
    const { locate, login, prepare, onChange } = this.#options;
    this.#timer = undefined;
    let reason: string;
    try {
      const address = await locate();
      if (this.#isClosed) return;
      const attempt = this.#attempt = new LiveConnection(address, login);
      await attempt.open(prepare);
      this.#attempt = undefined;
      this.#live = attempt;
      this.#failures = 0;
      onChange(true, "");
      reason = await attempt.ended;
    } catch (error) {
      reason = messageOf(error);
    }
    this.#attempt = undefined;
    this.#live = undefined;
    if (this.#isClosed) return;
    onChange(false, reason);
    const wait = Math.min(firstWaitMs * 2 ** this.#failures++, longestWaitMs);
    this.#timer = setTimeout(() => void this.#connect(), wait * (0.5 + Math.random()));
  }
}

/** One connection from its beginning to its end. */
class LiveConnection implements RedisSession {
  /** Resolves with the reason. */
  readonly ended: Promise<string>;
  readonly #client: Client;
  readonly #end: (reason: string) => void;
  /** Why it has ended. */
  #reason: string | undefined;
  #sent = 0;
  #settled = 0;
  /** How many commands had been sent at the last checks, the oldest first. */
  readonly #marks: number[] = [];
  #checks = 0;
  #lastCheckAt = performance.now();
  readonly #timer: number;

  constructor(address: RedisAddress, login: RedisLogin) {
    const client = this.#client = makeClient(address, login);
    const { promise, resolve } = Promise.withResolvers<string>();
    this.ended = promise;
    this.#end = resolve;
    // A socket that is destroyed during a TLS handshake stays open until that ends (Deno 2.7.11).
    client.on("connect", () => this.#reason !== undefined && client.destroy());
    client.on("error", (error: unknown) => this.end(messageOf(error)));
    client.on("end", () => this.end("the connection has ended"));
    client.on("sharded-channel-moved", () => this.end("the channel has moved"));
    this.#timer = setInterval(() => this.#check(), checkEveryMs);
  }

  /** Connects; rejects if that fails or takes too long. */
  async open(prepare: ConnectionOptions["prepare"]): Promise<void> {
    const timer = setTimeout(() => this.end("connecting took too long"), attemptMs);
    const opened = this.#client.connect().then(() => prepare(this));
    try {
      await Promise.race([opened, this.ended]);
    } catch (error) {
      this.end(messageOf(error));
    } finally {
      clearTimeout(timer);
      opened.catch(() => {});
    }
    if (this.#reason !== undefined) throw new Error(this.#reason);
  }

  async send(args: readonly string[]): Promise<unknown> {
    this.#sent++;
    try {
      return await this.#client.sendCommand(args);
    } catch (error) {
      const reason = messageOf(error);
      if (unusable.test(reason)) this.end(reason);
      // The client calls itself the cause when it is destroyed.
      throw error instanceof DisconnectsClientError ? new Error(this.#reason) : error;
    } finally {
      this.#settled++;
    }
  }

  async subscribe(channel: string, { isSharded, onText }: SubscribeOptions): Promise<void> {
    if (isSharded) await this.#client.sSubscribe(channel, onText);
    else await this.#client.subscribe(channel, onText);
  }

  /** Ends the connection; commands without an answer are rejected. Idempotent. */
  end(reason: string): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    clearInterval(this.#timer);
    this.#client.destroy();
    this.#end(reason);
  }

  /** Answers come in the order of the commands, so a count of them shows the oldest that waits. */
  #check(): void {
    const now = performance.now();
    const isLate = now - this.#lastCheckAt > 2 * checkEveryMs;
    this.#lastCheckAt = now;
    // This process has been stopped: answers may wait in the socket.
    if (isLate) this.#marks.length = 0;
    this.#marks.push(this.#sent);
    const mark = this.#marks.length > checksMost ? this.#marks.shift() : undefined;
    if (mark !== undefined && this.#settled < mark) {
      this.end("a command was not answered in time");
    } else if (++this.#checks % checksPerPing === 0 && this.#client.isReady) {
      this.send(["PING"]).catch(() => {});
    }
  }
}

/** Connects once, only for a question. */
export async function askRedis<T>(
  { address, login }: { readonly address: RedisAddress; readonly login: RedisLogin },
  question: (session: RedisSession) => Promise<T>,
): Promise<T> {
  const connection = new LiveConnection(address, login);
  const { promise: answer, resolve } = Promise.withResolvers<T>();
  try {
    await connection.open(async (session) => resolve(await question(session)));
    return await answer;
  } finally {
    connection.end("it was for one question");
  }
}

function makeClient({ host, port }: RedisAddress, login: RedisLogin) {
  const { isEncrypted, ca, user, password, database } = login;
  const socket = { host, port, connectTimeout: 0, reconnectStrategy: false } as const;
  return createClient({
    socket: isEncrypted ? { ...socket, tls: true, ...(ca === undefined ? {} : { ca }) } : socket,
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { database }),
    disableClientInfo: true,
    maintNotifications: "disabled",
    commandOptions: { typeMapping: { [RESP_TYPES.MAP]: Array } },
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}
