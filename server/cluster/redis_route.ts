/** The way to a single Redis server, or to the master that sentinels name. */
import type { RedisAddress } from "../settings/redis_url.ts";
import { RedisConnection, type RedisLogin, type RedisSession } from "./redis_connection.ts";

/** A way to Redis, whatever is behind it. */
export interface RedisRoute {
  /** Whether every key is reachable and the channel is heard. */
  readonly isUp: boolean;
  /** Sends a command to the server of a key. */
  send(key: string, args: readonly string[]): Promise<unknown>;
  /** Sends a text to a channel, or loses it. */
  publish(channel: string, text: string): void;
  close(): void;
}

/** What a route needs. */
export interface RouteOptions {
  readonly login: RedisLogin;
  /** Prepares a connection for commands. */
  readonly prepare: (session: RedisSession) => Promise<void>;
  /** The channel to hear. */
  readonly channel: string;
  readonly onText: (text: string) => void;
  /** Called after each change of a connection. `reason`: why one is down, or "". */
  readonly onChange: (reason: string) => void;
}

/** Two connections to one server: one for commands, one that hears a channel. */
export class ServerRoute implements RedisRoute {
  readonly #commands: RedisConnection;
  readonly #texts: RedisConnection;

  constructor(
    locate: () => RedisAddress | Promise<RedisAddress>,
    { login, prepare, channel, onText, onChange }: RouteOptions,
  ) {
    const changed = (_: boolean, reason: string) => onChange(reason);
    this.#commands = new RedisConnection({
      locate,
      login,
      prepare: async (session) => {
        await refuseReplica(session);
        await prepare(session);
      },
      onChange: changed,
    });
    this.#texts = new RedisConnection({
      locate,
      login,
      // A channel is heard at a replica too, but not when the replica is cut off from its master.
      prepare: async (session) => {
        await refuseReplica(session);
        await session.subscribe(channel, { isSharded: false, onText });
      },
      onChange: changed,
    });
  }

  get isUp(): boolean {
    return this.#commands.isUp && this.#texts.isUp;
  }

  send(_key: string, args: readonly string[]): Promise<unknown> {
    return this.#commands.send(args);
  }

  publish(channel: string, text: string): void {
    this.#commands.send(["PUBLISH", channel, text]).catch(() => {});
  }

  close(): void {
    this.#commands.close();
    this.#texts.close();
  }
}

async function refuseReplica(session: RedisSession): Promise<void> {
  const role = await session.send(["ROLE"]);
  if (Array.isArray(role) && role[0] !== "master") {
    throw new Error("this Redis is a replica, which accepts no changes; name the master");
  }
}
