/** From the value of `--redis` to the way to Redis. */
import type { RedisAddress, RedisPlace } from "../settings/redis_url.ts";
import { ClusterRoute } from "./redis_cluster.ts";
import { LiveConnection, type RedisLogin } from "./redis_connection.ts";
import { type RedisRoute, type RouteOptions, ServerRoute } from "./redis_route.ts";

/** The secrets of a login; the rest is in the URL. */
export type RedisSecrets = Pick<RedisLogin, "ca" | "password">;

/** Connects to a place; it goes on trying until it is closed. */
export function openRoute(
  place: RedisPlace,
  { login: secrets, ...options }: Omit<RouteOptions, "login"> & { readonly login: RedisSecrets },
): RedisRoute {
  const { isEncrypted, user } = place;
  const login: RedisLogin = { ...secrets, isEncrypted, user };
  switch (place.kind) {
    case "server": {
      const { address, database } = place;
      return new ServerRoute(() => address, { ...options, login: { ...login, database } });
    }
    case "sentinel":
      return new ServerRoute(() => findMaster(place, login), { ...options, login });
    case "cluster":
      return new ClusterRoute(place.seeds, { ...options, login });
  }
  place satisfies never;
}

/** Asks the sentinels in turn; rejects with the last failure if none names the master. */
export async function findMaster(
  { sentinels, name }: Extract<RedisPlace, { kind: "sentinel" }>,
  login: RedisLogin,
): Promise<RedisAddress> {
  let failure: unknown = new Error("no sentinel is named");
  for (const sentinel of sentinels) {
    try {
      return await askSentinel(sentinel, { name, login });
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function askSentinel(
  sentinel: RedisAddress,
  { name, login }: { readonly name: string; readonly login: RedisLogin },
): Promise<RedisAddress> {
  // Sentinels have users of their own, usually none; a password for the default user does no harm.
  const connection = new LiveConnection(sentinel, { ...login, user: undefined });
  try {
    let answer: unknown;
    await connection.open(async (session) => {
      answer = await session.send(["SENTINEL", "GET-MASTER-ADDR-BY-NAME", name]);
    });
    if (!Array.isArray(answer)) {
      throw new Error(`the sentinel ${sentinel.host}:${sentinel.port} knows no master "${name}"`);
    }
    return { host: String(answer[0]), port: Number(answer[1]) };
  } finally {
    connection.end("the sentinel has answered");
  }
}
