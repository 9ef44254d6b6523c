/** The client of a request, from the connection or from the headers of trusted proxies. */
import { BlockList, isIP } from "node:net";
import { canonicalAddress, canonicalHost, type RequestFacts } from "../signaling/mod.ts";

/** The client as the server sees it. */
export interface Client {
  /** IP address as `canonicalAddress` returns it, or the name that a proxy gives instead. */
  readonly address: string;
  /** Host and port of the site as in an origin; "" if the request names none. */
  readonly host: string;
  /** Whether the browser's own connection is encrypted. */
  readonly secure: boolean;
}

/** The address of the connection, and the proxies whose headers count. */
export interface Direct {
  readonly remoteAddress: string;
  readonly trusted: TrustedProxies;
}

/** A list of addresses, networks ("10.0.0.0/8") and the words loopback and private. */
export class TrustedProxies {
  readonly #networks = new BlockList();

  constructor(list: readonly string[]) {
    for (const entry of list.flatMap((word) => named[word] ?? [word])) this.#add(entry);
  }

  /** Whether the address is one of them; false for text that is not an address. */
  includes(address: string): boolean {
    const bare = canonicalAddress(address);
    return bare !== undefined && this.#networks.check(bare, familyOf(bare));
  }

  #add(entry: string): void {
    const network = networkOf(entry);
    if (network === undefined) return;
    const { address, prefix } = network;
    this.#networks.addSubnet(address, prefix, familyOf(address));
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

/** Whether `entry` is valid in the list of a `TrustedProxies`. */
export function isProxyEntry(entry: string): boolean {
  return Object.hasOwn(named, entry) || networkOf(entry) !== undefined;
}

/** A single address is a network of one; `::ffff:10.0.0.0/104` is the IPv4 network 10.0.0.0/8. */
function networkOf(entry: string): { address: string; prefix: number } | undefined {
  const [text = "", given, ...rest] = entry.split("/");
  const address = canonicalAddress(text);
  if (address === undefined || rest.length > 0) return undefined;
  const most = isIP(address) === 4 ? 32 : 128;
  const mapped = most === 32 && text.includes(":") ? 96 : 0;
  if (given === undefined) return { address, prefix: most };
  const prefix = /^\d{1,3}$/.test(given) ? Number(given) - mapped : -1;
  return prefix < 0 || prefix > most ? undefined : { address, prefix };
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 4 ? "ipv4" : "ipv6";
}

/**
 * Reads the client of a request. Headers of proxies (`X-Forwarded-For`, `-Host` and `-Proto`, or
 * `Forwarded` of RFC 7239 if there is no `X-Forwarded-For`) count only as far as trusted proxies
 * have written them.
 */
export function clientOf(request: RequestFacts, { remoteAddress, trusted }: Direct): Client {
  const { headers, url } = request;
  // HTTP/2 has no Host header; its `:authority` is in the URL of the request.
  const host = headers.get("host") ?? URL.parse(url)?.host ?? "";
  const direct = canonicalAddress(remoteAddress) ?? remoteAddress;
  const secure = url.startsWith("https:");
  if (!trusted.includes(direct)) return client({ address: direct, host, secure });
  const hops = hopsOf(headers);
  const { address = direct, trusted: passed } = outermostClient(hops.addresses, trusted);
  const proto = before(hops.protos, passed)?.toLowerCase();
  return client({
    address,
    host: before(hops.hosts, passed) ?? host,
    secure: proto === undefined ? secure : proto === "https" || proto === "wss",
  });
}

/** The origin of the site that was requested; "" if the request names no host. */
export function siteOf({ host, secure }: Pick<Client, "host" | "secure">): string {
  return host === "" ? "" : `${secure ? "https" : "http"}://${host}`;
}

function client({ address, host, secure }: Client): Client {
  return { address, host: canonicalHost(host) ?? "", secure };
}

/** What each proxy wrote, the nearest proxy last. "": that proxy gives no value. */
interface Hops {
  readonly addresses: readonly string[];
  readonly hosts: readonly string[];
  readonly protos: readonly string[];
}

function hopsOf(headers: Headers): Hops {
  const list = (name: string) => partsOf(headers.get(name) ?? "", ",");
  const addresses = list("x-forwarded-for");
  const hosts = list("x-forwarded-host");
  const protos = list("x-forwarded-proto");
  const standard = list("forwarded").map(forwardedElement);
  if (addresses.length > 0 || standard.length === 0) return { addresses, hosts, protos };
  return {
    addresses: standard.map((element) => element.get("for") ?? ""),
    hosts: standard.map((element) => element.get("host") ?? ""),
    protos: standard.map((element) => element.get("proto") ?? ""),
  };
}

/**
 * Parses `for="[2001:db8::1]:4711";proto=https`. It splits at commas and semicolons inside quotes,
 * too: an unclosed quote from a client must not hide what a proxy added. No used value contains
 * them.
 */
function forwardedElement(text: string): ReadonlyMap<string, string> {
  return new Map(
    partsOf(text, ";").map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return [name.trim().toLowerCase(), unquoted(value.join("="))];
    }),
  );
}

/** Each proxy appends its client, so the last address that is not a trusted proxy is the client. */
function outermostClient(
  hops: readonly string[],
  trusted: TrustedProxies,
): { address: string | undefined; trusted: number } {
  let last: string | undefined;
  for (const [passed, hop] of hops.toReversed().entries()) {
    const address = addressIn(hop);
    if (address === undefined) return { address: last, trusted: passed };
    if (!trusted.includes(address)) return { address, trusted: passed };
    last = address;
  }
  return { address: last, trusted: hops.length };
}

/**
 * The address in `203.0.113.5:5678`, `[2001:db8::1]:443`, a bare address, or an obfuscated name
 * (`_hidden`, RFC 7239, 6.3). Undefined for `unknown` and everything else.
 */
function addressIn(hop: string): string | undefined {
  const text = unquoted(hop);
  if (/^_[\w.-]{1,64}(:\S*)?$/.test(text)) return text.split(":")[0];
  const [, host] = /^(\[[^\]]*\]|[^:]*)(?::\w+)?$/.exec(text) ?? [];
  return canonicalAddress(host ?? text);
}

/** The value of the outermost trusted proxy, or of the next one inside it that gives one. */
function before(list: readonly string[], trusted: number): string | undefined {
  return list.slice(Math.max(0, list.length - 1 - trusted)).find((part) => part !== "");
}

function partsOf(text: string, separator: string): string[] {
  return text.split(separator).map((part) => part.trim()).filter((part) => part !== "");
}

function unquoted(text: string): string {
  return text.trim().replace(/^"|"$/g, "").replace(/\\(.)/g, "$1").trim();
}
