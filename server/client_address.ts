/** Who is asking, and how: from the connection itself, or from a proxy that is trusted to say so. */
import { BlockList, isIP } from "node:net";

/** The client as the server sees it. */
export interface Client {
  /** IP address. */
  readonly address: string;
  /** Host and port as the browser named them; "" when it did not. */
  readonly host: string;
  /** Whether the browser's own connection is encrypted. */
  readonly secure: boolean;
}

/** The connection's own address, and whom to believe more. */
export interface Direct {
  readonly remoteAddress: string;
  readonly trusted: TrustedProxies;
}

/** Matches addresses against a list of addresses, networks ("10.0.0.0/8") and the words loopback and private. */
export class TrustedProxies {
  readonly #networks = new BlockList();

  constructor(list: readonly string[]) {
    for (const entry of list.flatMap((word) => named[word] ?? [word])) this.#add(entry);
  }

  includes(address: string): boolean {
    const bare = unmapped(address);
    const version = isIP(bare);
    return version !== 0 && this.#networks.check(bare, version === 4 ? "ipv4" : "ipv6");
  }

  #add(entry: string): void {
    const [address = "", prefix] = entry.split("/");
    const family = isIP(address) === 4 ? "ipv4" : "ipv6";
    if (prefix === undefined) this.#networks.addAddress(address, family);
    else this.#networks.addSubnet(address, Number(prefix), family);
  }
}

const named: Readonly<Record<string, readonly string[] | undefined>> = {
  loopback: ["127.0.0.0/8", "::1"],
  private: [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "169.254.0.0/16",
    "fc00::/7",
    "fe80::/10",
  ],
};

/** Whether `entry` may stand in such a list. */
export function isProxyEntry(entry: string): boolean {
  if (Object.hasOwn(named, entry)) return true;
  const [address = "", prefix, ...rest] = entry.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined ||
    /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}

/** Believes `X-Forwarded-For`, `-Host` and `-Proto` only as far as trusted proxies have written them. */
export function clientOf(request: Request, { remoteAddress, trusted }: Direct): Client {
  const { headers, url } = request;
  const secure = url.startsWith("https:");
  const host = headers.get("host") ?? "";
  if (!trusted.includes(remoteAddress)) return { address: remoteAddress, host, secure };
  const proto = lastOf(headers.get("x-forwarded-proto"));
  return {
    address: forwardedFor(headers.get("x-forwarded-for"), trusted) ?? remoteAddress,
    host: lastOf(headers.get("x-forwarded-host")) ?? host,
    secure: proto === undefined ? secure : proto === "https",
  };
}

/** Each proxy adds at the right whom it heard, so the first one from there that is no proxy of ours is the client. */
function forwardedFor(header: string | null, trusted: TrustedProxies): string | undefined {
  const hops = (header ?? "").split(",").map((hop) => unmapped(hop.trim())).reverse();
  let last: string | undefined;
  for (const hop of hops) {
    if (isIP(hop) === 0) return last;
    last = hop;
    if (!trusted.includes(hop)) return hop;
  }
  return last;
}

function lastOf(header: string | null): string | undefined {
  const last = header?.split(",").at(-1)?.trim().toLowerCase();
  return last === "" ? undefined : last;
}

/** `::ffff:1.2.3.4` is an IPv4 address on a socket that takes both. */
function unmapped(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}
