/** From the value of `--redis` to the way to Redis. */
import type { RedisAddress, RedisPlace } from "../settings/redis_url.ts";
import { ClusterRoute, findOwners } from "./redis_cluster.ts";
import { askRedis, type RedisLogin } from "./redis_connection.ts";
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
async function findMaster(
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
  const answer = await askRedis(
    { address: sentinel, login: { ...login, user: undefined } },
    (session) => session.send(["SENTINEL", "GET-MASTER-ADDR-BY-NAME", name]),
  );
  if (Array.isArray(answer)) return { host: String(answer[0]), port: Number(answer[1]) };
  throw new Error(`the sentinel ${sentinel.host}:${sentinel.port} knows no master "${name}"`);
}

/** The servers that have the data now: one, or all masters of a cluster. */
export async function findServers(
  place: RedisPlace,
  secrets: RedisSecrets,
): Promise<{ readonly servers: readonly RedisAddress[]; readonly login: RedisLogin }> {
  const { isEncrypted, user } = place;
  const login: RedisLogin = { ...secrets, isEncrypted, user };
  switch (place.kind) {
    case "server":
      return { servers: [place.address], login: { ...login, database: place.database } };
    case "sentinel":
      return { servers: [await findMaster(place, login)], login };
    case "cluster": {
      const masters = new Map<string, RedisAddress>();
      for (const owner of await findOwners(place.seeds, login)) {
        if (owner !== undefined) masters.set(`${owner.host}:${owner.port}`, owner);
      }
      return { servers: [...masters.values()], login };
    }
  }
  place satisfies never;
}
