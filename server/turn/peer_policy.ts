/**
 * Which peers a relay may reach. A relay that reached everything would open the networks of its
 * machine to every member of a room, so special addresses are denied (RFC 8656, section 21.2).
 */
import { BlockList } from "node:net";
import { familyOf } from "./endpoint.ts";

/**
 * What is not globally reachable, or leads somewhere else: the registries of special-purpose
 * addresses (RFC 6890), multicast, and forms that carry another address.
 */
const denied: readonly string[] = [
  // "This network", private, shared, loopback, link-local with the metadata services of clouds.
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  // Protocol assignments, documentation, AS112, AMT, 6to4 relays, private, benchmarks.
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.31.196.0/24",
  "192.52.193.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "192.175.48.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  // Multicast, reserved, broadcast.
  "224.0.0.0/4",
  "240.0.0.0/4",
  // In 2000::/3: Teredo and protocol assignments, documentation, 6to4, AS112.
  "2001::/23",
  "2001:db8::/32",
  "2002::/16",
  "2620:4f:8000::/48",
  "3fff::/20",
];
/** All other addresses of IPv6 are special, IPv4-mapped ones too, except those of NAT64. */
const globalUnicast = "2000::/3";
/** NAT64 (RFC 6052); the last 32 bits are an address of IPv4, which has to be a permitted one. */
const nat64 = /^64:ff9b::(?:(?:([\da-f]{1,4}):)?([\da-f]{1,4}))?$/;

const deniedList = listOf(denied);
const globalList = listOf([globalUnicast]);

/** Whether an address is one that anybody on the Internet may have. */
export function isPublic(hostname: string): boolean {
  const reached = destinationOf(hostname);
  if (familyOf(reached) === "ipv4") return !deniedList.check(reached, "ipv4");
  return globalList.check(reached, "ipv6") && !deniedList.check(reached, "ipv6");
}

/** The address that packets reach in the end: one of IPv4 behind NAT64, else the same. */
export function destinationOf(hostname: string): string {
  const carried = nat64.exec(hostname);
  return carried === null ? hostname : addressFrom(carried[1] ?? "0", carried[2] ?? "0");
}

/** Two groups of an IPv6 address as an IPv4 address. */
function addressFrom(high: string, low: string): string {
  return [high, low].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >>> 8, value & 0xff];
  }).join(".");
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", prefix = ""] = network.split("/");
    list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return list;
}
