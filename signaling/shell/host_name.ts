/** Canonical forms of hosts and IP addresses, so that they can be compared. */

/**
 * A host, with or without a port, as in an origin: lower case, punycode, IPv6 in brackets, no
 * trailing dot. Both default ports are left out for either scheme, because a proxy that ends TLS
 * may name the port it listens on, or that of the connection before it. Undefined: `text` is not a
 * host.
 */
export function canonicalHost(text: string): string | undefined {
  // A URL parser would read these as user, path or query.
  if (/[\s/\\?#@]/.test(text)) return undefined;
  const url = URL.parse(`http://${text}`);
  if (url === null) return undefined;
  const name = url.hostname.replace(/(?<=.)\.$/, "");
  return url.port === "" || url.port === "443" ? name : `${name}:${url.port}`;
}

/** Whether two hosts are the same. */
export function isSameHost(one: string, other: string): boolean {
  const host = canonicalHost(one);
  return host !== undefined && host === canonicalHost(other);
}

/** IPv4 as sockets and proxies write it; URL parsers also read octal and other spellings. */
const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/**
 * An IP address in canonical form: IPv6 shortened (RFC 5952) without zone and brackets, and the
 * IPv4 address of `::ffff:192.0.2.1`, as dual-stack sockets give it. Undefined: `text` is not an IP
 * address.
 */
export function canonicalAddress(text: string): string | undefined {
  if (ipv4.test(text)) return text;
  const bare = text.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  if (!/^[\da-f:.]*:[\da-f:.]*$/i.test(bare)) return undefined;
  const url = URL.parse(`http://[${bare}]`);
  if (url === null) return undefined;
  const address = url.hostname.slice(1, -1);
  const [, high = "", low = ""] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(address) ?? [];
  if (low === "") return address;
  const [a, b] = [parseInt(high, 16), parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join(".");
}
