/** The client of a request, from the connection or from the headers of trusted proxies. */
import {
  canonicalAddress,
  canonicalHost,
  isLoopback,
  type RequestFacts,
} from "../signaling/mod.ts";
import type { AddressList } from "./address_list.ts";

/** The client as the server sees it. */
export interface Client {
  /** IP address as `canonicalAddress` returns it, or the name that a proxy gives instead. */
  readonly address: string;
  /** Host and port of the site as in an origin; "" if the request names none. */
  readonly host: string;
  /** Whether the browser's own connection is encrypted. */
  readonly secure: boolean;
  /** The port that the browser has connected to; undefined: a proxy may stand between. */
  readonly port: number | undefined;
}

/** The address of the connection, and the proxies whose headers count. */
export interface Direct {
  readonly remoteAddress: string;
  readonly trusted: AddressList;
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
  if (!trusted.includes(direct)) {
    const port = isLoopback(direct) ? undefined : portOf(host, secure);
    return client({ address: direct, host, secure, port });
  }
  const hops = hopsOf(headers);
  const { address = direct, trusted: passed } = outermostClient(hops.addresses, trusted);
  const proto = before(hops.protos, passed)?.toLowerCase();
  return client({
    address,
    host: before(hops.hosts, passed) ?? host,
    secure: proto === undefined ? secure : proto === "https" || proto === "wss",
    port: undefined,
  });
}

/** The origin of the site that was requested; "" if the request names no host. */
export function siteOf({ host, secure }: Pick<Client, "host" | "secure">): string {
  return host === "" ? "" : `${secure ? "https" : "http"}://${host}`;
}

function client({ host, ...rest }: Client): Client {
  return { ...rest, host: canonicalHost(host) ?? "" };
}

/** The port in a host as the client wrote it; undefined: malformed. */
function portOf(host: string, secure: boolean): number | undefined {
  const url = URL.parse(`${secure ? "https" : "http"}://${host}`);
  return url === null ? undefined : Number(url.port || (secure ? 443 : 80));
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
  trusted: AddressList,
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
