/** Transport addresses (an IP address and a port) and how STUN writes them. */
import { canonicalAddress } from "../../signaling/mod.ts";

/** An IP address, in the text form of `canonicalAddress`, and a port. */
export interface Endpoint {
  readonly hostname: string;
  readonly port: number;
}

/** The address of a socket; a dual-stack one has IPv4 at IPv4-mapped addresses. */
export function endpointOf({ hostname, port }: Endpoint): Endpoint {
  const isMapped = hostname.startsWith("::ffff:") && hostname.includes(".");
  return { hostname: isMapped ? hostname.slice("::ffff:".length) : hostname, port };
}

/** The families of addresses. */
export type Family = "ipv4" | "ipv6";

/** The family of an address in canonical form. */
export function familyOf(hostname: string): Family {
  return hostname.includes(":") ? "ipv6" : "ipv4";
}

const familyCodes = { ipv4: 0x01, ipv6: 0x02 } as const satisfies Record<Family, number>;

/** The family that an attribute names (RFC 8489, section 14.1); undefined: neither. */
export function familyFrom(code: number | undefined): Family | undefined {
  return code === familyCodes.ipv4 ? "ipv4" : code === familyCodes.ipv6 ? "ipv6" : undefined;
}

/**
 * The value of an XOR-…-ADDRESS attribute (RFC 8489, section 14.2). `mask`: the magic cookie and
 * the transaction id of the message, 16 bytes.
 */
export function writeXorAddress({ hostname, port }: Endpoint, mask: Uint8Array): Uint8Array {
  const family = familyOf(hostname);
  const address = bytesOf(hostname);
  const value = new Uint8Array(4 + address.length);
  value[1] = familyCodes[family];
  value[2] = (port >>> 8) ^ at(mask, 0);
  value[3] = (port & 0xff) ^ at(mask, 1);
  address.forEach((byte, index) => value[4 + index] = byte ^ at(mask, index));
  return value;
}

/** Reads the value of an XOR-…-ADDRESS attribute; undefined: malformed. */
export function readXorAddress(value: Uint8Array, mask: Uint8Array): Endpoint | undefined {
  const family = familyFrom(value[1]);
  if (family === undefined || value.length !== (family === "ipv4" ? 8 : 20)) return undefined;
  const port = ((at(value, 2) ^ at(mask, 0)) << 8) | (at(value, 3) ^ at(mask, 1));
  const address = value.subarray(4).map((byte, index) => byte ^ at(mask, index));
  return { hostname: textOf(address), port };
}

/** The bytes of an address in canonical form: 4 or 16. */
function bytesOf(hostname: string): Uint8Array {
  if (familyOf(hostname) === "ipv4") return Uint8Array.from(hostname.split("."), Number);
  const bytes = new Uint8Array(16);
  const [head = "", tail] = hostname.split("::");
  const groups = (text: string) => text === "" ? [] : text.split(":");
  const write = (group: string, index: number) => {
    const value = Number.parseInt(group, 16);
    bytes[2 * index] = value >>> 8;
    bytes[2 * index + 1] = value & 0xff;
  };
  groups(head).forEach(write);
  const last = groups(tail ?? "");
  last.forEach((group, index) => write(group, 8 - last.length + index));
  return bytes;
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join(".");
  const groups = Array.from(
    { length: 8 },
    (_, index) => ((at(bytes, 2 * index) << 8) | at(bytes, 2 * index + 1)).toString(16),
  );
  const text = groups.join(":");
  // An IPv4-mapped address keeps its form, because its family is that of IPv6.
  return text.startsWith("0:0:0:0:0:ffff:") ? text : canonicalAddress(text) ?? text;
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
