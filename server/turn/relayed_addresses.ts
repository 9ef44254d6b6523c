/** The addresses of this machine that peers see. */
import { canonicalAddress, isLoopback } from "../../signaling/mod.ts";
import { isEverywhere } from "../listen_address.ts";
import { type Family, familyOf } from "./endpoint.ts";
import { isPublic } from "./peer_policy.ts";

/** An address for each family that there is. */
export type Addresses = Partial<Readonly<Record<Family, string>>>;

/**
 * Those that `given` names, by addresses or by one name; else the one host that this server listens
 * on; else the likeliest ones of this machine, because Deno does not tell its routes. Rejects if a
 * name has no address.
 */
export async function relayedAddresses(
  given: readonly string[],
  hosts: readonly string[],
): Promise<Addresses> {
  const named = await Promise.all(given.map(resolve));
  if (named.length > 0) return byFamily(named.flat());
  const own = hosts.flatMap((host) => canonicalAddress(host) ?? []);
  if (own.length > 0 && !own.some(isEverywhere)) return byFamily(own);
  const addresses = likeliestAddresses(Deno.networkInterfaces());
  // A server without a socket of IPv6 relays over IPv4 only.
  if (own.includes("::") || addresses.ipv4 === undefined) return addresses;
  return { ipv4: addresses.ipv4 };
}

function byFamily(addresses: readonly string[]): Addresses {
  // The first one of a family counts.
  const pairs = addresses.toReversed().map((address) => [familyOf(address), address]);
  return Object.fromEntries(pairs);
}

async function resolve(given: string): Promise<readonly string[]> {
  const address = canonicalAddress(given);
  if (address !== undefined) return [address];
  // By DNS and not by the file of hosts, which often has the machine's own name at loopback.
  const found = await Promise.allSettled([
    Deno.resolveDns(given, "A"),
    Deno.resolveDns(given, "AAAA"),
  ]);
  const addresses = found.flatMap((answer) => answer.status === "fulfilled" ? answer.value : []);
  if (addresses.length === 0) throw new Error(`${given} has no address`);
  return addresses.flatMap((text) => canonicalAddress(text) ?? []);
}

/** The addresses of this machine, without those that need a zone. */
export function ownAddresses(): ReadonlySet<string> {
  return new Set(
    Deno.networkInterfaces().flatMap(({ address: text }) => {
      const address = canonicalAddress(text);
      return address === undefined || linkLocal6.test(address) ? [] : [address];
    }),
  );
}

const linkLocal6 = /^fe[89ab].:/;

/** An interface of this machine. */
type Interface = Pick<Deno.NetworkInterfaceInfo, "name" | "address">;

/** Names of interfaces to virtual machines and containers inside this machine. */
const inner = /^(docker|br-|veth|virbr|vmnet|vboxnet|podman|cni|flannel|cali|lxc|lxd)/;

/** The likeliest address of each family for peers elsewhere: public ones first, loopback last. */
export function likeliestAddresses(interfaces: readonly Interface[]): Addresses {
  const ranked = interfaces.flatMap(({ name, address: text }) => {
    const address = canonicalAddress(text);
    // An address of one link needs its zone, which no peer knows.
    if (address === undefined || linkLocal6.test(address) || address.startsWith("169.254.")) {
      return [];
    }
    const rank = isPublic(address) ? 0 : isLoopback(address) ? 3 : inner.test(name) ? 2 : 1;
    return [{ address, rank }];
  }).toSorted((a, b) => a.rank - b.rank);
  const outer = ranked.filter(({ rank }) => rank < 3);
  return byFamily((outer.length > 0 ? outer : ranked).map(({ address }) => address));
}
