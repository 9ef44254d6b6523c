/** Readers of the settings for this server's own STUN and TURN; see readers.ts. */
import { canonicalAddress } from "../../signaling/mod.ts";
import { BadValue } from "./bad_value.ts";
import { isRelayPort } from "./ice_servers.ts";
import { domain } from "./readers.ts";

/** A range of ports, "49152-65535", or none. */
export type RelayPorts = "none" | `${number}-${number}`;

/** A port on which browsers use a relay. */
export function icePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535 && isRelayPort(port)) return port;
  throw new BadValue("443, 80, 53, or a port from 1024 to 65535 that browsers do not block");
}

/** A range of ports, the lower one first, or the word none. */
export function portRange(text: string): RelayPorts {
  if (text === "none") return text;
  const { least, most } = boundsOf(text);
  if (least >= 1024 && least <= most && most <= 65_535) return `${least}-${most}`;
  throw new BadValue("none, or a range A-B with 1024 ≤ A ≤ B ≤ 65535, such as 49152-65535");
}

/** The first and the last port of a range; NaN: malformed. */
export function boundsOf(range: string): { least: number; most: number } {
  const [, least = "", most = ""] = /^(\d{1,5})-(\d{1,5})$/.exec(range) ?? [];
  return least === "" ? { least: NaN, most: NaN } : { least: Number(least), most: Number(most) };
}

/** One IPv4 address, one IPv6 address or both, comma-separated; or one name. */
export function relayAddresses(text: string): readonly string[] {
  const parts = text.split(",").map((part) => part.trim()).filter((part) => part !== "");
  const addresses = parts.flatMap((part) => canonicalAddress(part) ?? []);
  const families = new Set(addresses.map((address) => address.includes(":")));
  if (addresses.length === parts.length && families.size === parts.length) return addresses;
  const wanted = "an IPv4 address, an IPv6 address, both with a comma between, or one name";
  if (parts.length !== 1 || addresses.length > 0) throw new BadValue(wanted);
  try {
    return [domain(text)];
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    throw new BadValue(wanted);
  }
}
