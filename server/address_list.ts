/** Lists of addresses in the settings: addresses, networks, and words for kinds of them. */
import { BlockList, isIP } from "node:net";
import { canonicalAddress } from "../signaling/mod.ts";

/** A list of addresses, networks ("10.0.0.0/8") and the words loopback and private. */
export class AddressList {
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

/** Whether `entry` is valid in an `AddressList`. */
export function isListEntry(entry: string): boolean {
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
