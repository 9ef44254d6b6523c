/** One way to write each host name and each address, so that two of them can be compared. */

/**
 * A host, with or without a port, as an origin writes it: lower case, punycode, IPv6 in brackets, no trailing dot.
 * Both default ports are left out, whatever the scheme: a proxy that ends TLS may name the port it listens on, or the one
 * of the connection before it. Undefined: `text` is not a host.
 */
export function canonicalHost(text: string): string | undefined {
  // What a URL parser would read as user, path or query is no host.
  if (/[\s/\\?#@]/.test(text)) return undefined;
  const url = URL.parse(`http://${text}`);
  if (url === null) return undefined;
  const name = url.hostname.replace(/(?<=.)\.$/, "");
  return url.port === "" || url.port === "443" ? name : `${name}:${url.port}`;
}

/** Whether two hosts are one site. */
export function isSameHost(one: string, other: string): boolean {
  const host = canonicalHost(one);
  return host !== undefined && host === canonicalHost(other);
}

/**
 * An IP address as it is compared and counted: IPv6 in its short form without zone and brackets, and an IPv4 address
 * that a dual-stack socket gives as `::ffff:192.0.2.1` as that. Undefined: `text` is no IP address.
 */
export function canonicalAddress(text: string): string | undefined {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(text)) {
    // The parser reads other spellings too (octal, for one), which no socket and no proxy writes.
    return URL.parse(`http://${text}`)?.hostname === text ? text : undefined;
  }
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
