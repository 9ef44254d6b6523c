/** The addresses that `--redis` takes, and their parts. */
import { BadValue } from "./bad_value.ts";

/** A host and a port. */
export interface RedisAddress {
  /** A name, or an address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Where Redis is. */
export type RedisPlace =
  & {
    readonly isEncrypted: boolean;
    /** A user of the access list; undefined: the default user. */
    readonly user: string | undefined;
  }
  & (
    /** `database`: its number. */
    | { readonly kind: "server"; readonly address: RedisAddress; readonly database: number }
    /** `name`: what the sentinels call the master. */
    | {
      readonly kind: "sentinel";
      readonly sentinels: readonly RedisAddress[];
      readonly name: string;
    }
    /** `seeds`: some nodes of the cluster, which know the others. */
    | { readonly kind: "cluster"; readonly seeds: readonly RedisAddress[] }
  );

const examples = "redis://HOST:6379, rediss://HOST:6379 (TLS), " +
  "redis+sentinel://HOST:26379,HOST:26379/NAME or redis+cluster://HOST:6379,HOST:6379";
const usualPorts = { server: 6379, sentinel: 26379, cluster: 6379 };
const namePattern = /^[\w.-]+$/;

/** Reads the value of `--redis`; throws `BadValue`. */
export function redisPlace(text: string): RedisPlace {
  const [, scheme = "", user, password, hosts = "", path = ""] =
    /^([a-z+]+):\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^/?#]*)(?:\/([^?#]*))?$/i.exec(text) ?? [];
  const [, s, variant] = /^redis(s?)(?:\+(sentinel|cluster))?$/i.exec(scheme) ?? [];
  if (s === undefined) throw new BadValue(examples);
  if (password !== undefined) {
    throw new BadValue(
      "a URL without a password, which process lists would show; " +
        "write the password into a file and name that with redis-password-file",
    );
  }
  const base = { isEncrypted: s !== "", user: user ? decode(user) : undefined };
  switch (variant?.toLowerCase()) {
    case "sentinel":
      if (!namePattern.test(path)) {
        throw new BadValue(
          "redis+sentinel:// with the master's name at its end, such as /mymaster",
        );
      }
      return {
        ...base,
        kind: "sentinel",
        sentinels: addressesOf(hosts, usualPorts.sentinel),
        name: path,
      };
    case "cluster":
      if (path !== "" && path !== "0") {
        throw new BadValue("redis+cluster:// without a database, because a cluster has only one");
      }
      return { ...base, kind: "cluster", seeds: addressesOf(hosts, usualPorts.cluster) };
    default:
      return { ...base, kind: "server", ...serverOf(hosts, path) };
  }
}

/** Checks the value of `--redis` and returns it as it is; throws `BadValue`. */
export function redisUrl(text: string): string {
  redisPlace(text);
  return text;
}

/** Checks the value of `--redis-prefix`; throws `BadValue`. */
export function redisPrefix(text: string): string {
  // Braces would move the hash tag of the keys, by which Redis Cluster places a room.
  if (/^[\w.:-]{1,64}$/.test(text)) return text;
  throw new BadValue("1 to 64 letters, digits and . _ : -");
}

function serverOf(hosts: string, path: string): { address: RedisAddress; database: number } {
  const [address, ...others] = addressesOf(hosts, usualPorts.server);
  if (address === undefined || others.length > 0) {
    throw new BadValue("one host for redis://; several are for redis+sentinel and redis+cluster");
  }
  if (!/^\d{0,4}$/.test(path)) {
    throw new BadValue("the number of a database at the end of redis://HOST:PORT/NUMBER");
  }
  return { address, database: Number(path) };
}

function addressesOf(hosts: string, usualPort: number): RedisAddress[] {
  return hosts.split(",").map((part) => {
    const [, bracketed, bare, port] = /^(?:\[([\da-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i
      .exec(part.trim()) ?? [];
    const host = bracketed ?? bare;
    const number = port === undefined ? usualPort : Number(port);
    if (host === undefined || number < 1 || number > 65_535) {
      throw new BadValue(`a host and a port of 1 to 65535 instead of "${part}"; ${examples}`);
    }
    return { host, port: number };
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new BadValue("a user whose special characters are percent-encoded");
  }
}
