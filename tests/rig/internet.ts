// A small internet of namespaces: an exchange that routes, and sites with or without a router.
//
// Invariants
// 1. Sites have globally routable addresses, since relays refuse others. No packet with one leaves
//    the namespaces: only an interface with an address of 198.18.0.0/15 leads out.
// 2. As in namespaces.ts: names carry this process's id, and disposing removes everything.

import {
  createNamespace,
  deleteNamespace,
  linkToHost,
  type NetworkNames,
  networkNames,
  runProgram,
  runWithin,
} from "./netns.ts";

/** How the machine of a site reaches the internet. */
export type Access =
  /** By public addresses of these families; both if none is named. */
  | { kind: "public"; only?: "ipv4" | "ipv6" }
  /** By IPv4 through a router that lets in answers only. */
  | { kind: "router"; ports: PortMapping; forwarded?: ForwardedPorts }
  /** By the router of another site, in one network with its machine. */
  | { kind: "beside"; site: Site };

/**
 * RFC 4787, section 4.1. "kept": the machine's port for all destinations (endpoint-independent);
 * "random": another port for each destination (address- and port-dependent).
 */
export type PortMapping = "kept" | "random";

/** Ports that a router forwards to its machine, under the same numbers. */
export interface ForwardedPorts {
  readonly tcp: number;
  readonly udp: number;
}

/** A machine, and the public addresses it is seen with: its own, or its router's. */
export interface Site {
  /** The machine's network namespace. */
  readonly namespace: string;
  readonly ipv4: string | undefined;
  readonly ipv6: string | undefined;
  /** The exchange's interface towards it. */
  readonly port: string;
  /** Where it is behind a router. */
  readonly home: Home | undefined;
}

/** A network behind a router. */
interface Home {
  /** The router's namespace. */
  readonly router: string;
  /** The machine's address in that network. */
  readonly address: string;
}

/** An exchange with sites around it. */
export interface Internet extends AsyncDisposable {
  connect(access: Access): Promise<Site>;
  /** Drops what a site sends and what this nftables expression matches. */
  block(site: Site, expression: string): Promise<void>;
  /** Links a site to the host; returns the address by which the host reaches it. */
  linkToHost(site: Site): Promise<string>;
}

/** Makes an exchange; gone with all its sites when disposed of. */
export async function createInternet(): Promise<Internet> {
  const names = await networkNames();
  const exchange = names.namespace("exchange");
  const made: string[] = [];
  const create = async (name: string, options?: { ipv6: boolean }) => {
    made.push(name);
    await createNamespace(name, options);
  };
  let sites = 0;
  const dispose = async () => {
    await runProgram("ip", "link", "del", names.outside).catch(() => {});
    for (const name of made) await deleteNamespace(name);
  };
  const internet: Internet = {
    connect: (access) => connect({ names, exchange, create, number: ++sites }, access),
    block: ({ port }, expression) =>
      runWithin(exchange, "nft", `add rule inet sites forward iifname ${port} ${expression} drop`),
    linkToHost: ({ namespace }) => linkToHost(namespace, names.outside),
    [Symbol.asyncDispose]: dispose,
  };
  try {
    await create(exchange, { ipv6: true });
    await configure(
      exchange,
      "sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1",
      "nft 'table inet sites { chain forward { type filter hook forward priority 0; }; }'",
    );
    return internet;
  } catch (error) {
    await dispose().catch(() => {});
    throw error;
  }
}

/** What a new site is made from. */
interface Place {
  readonly names: NetworkNames;
  readonly exchange: string;
  readonly number: number;
  create(name: string, options?: { ipv6: boolean }): Promise<void>;
}

async function connect(place: Place, access: Access): Promise<Site> {
  const { names, number } = place;
  const namespace = names.namespace(`site${number}`);
  if (access.kind === "beside") {
    const { site } = access;
    if (site.home === undefined) throw new RangeError("no router there");
    const address = site.home.address.replace(/\d+$/, String(number + 2));
    const home = { ...site.home, address };
    await addMachine(place, { namespace, home });
    return { ...site, namespace, home };
  }
  if (access.kind === "router") {
    const home = { router: names.namespace(`router${number}`), address: `192.168.${number}.2` };
    const port = await linkToExchange(place, home.router, { ipv4: true, ipv6: false });
    await translate(home, access);
    await addMachine(place, { namespace, home });
    return { namespace, ipv4: ipv4Of(number), ipv6: undefined, port, home };
  }
  const families = { ipv4: access.only !== "ipv6", ipv6: access.only !== "ipv4" };
  const port = await linkToExchange(place, namespace, families);
  return {
    namespace,
    ipv4: families.ipv4 ? ipv4Of(number) : undefined,
    ipv6: families.ipv6 ? ipv6Of(number) : undefined,
    port,
    home: undefined,
  };
}

function ipv4Of(number: number, last = 2): string {
  return `5.200.${number}.${last}`;
}

function ipv6Of(number: number, last = 2): string {
  return `2a02:5200:${number}::${last}`;
}

/** Makes a namespace whose interface `wan` leads to the exchange; returns the exchange's. */
async function linkToExchange(
  { exchange, number, create }: Place,
  namespace: string,
  { ipv4, ipv6 }: { ipv4: boolean; ipv6: boolean },
): Promise<string> {
  const port = `to-${number}`;
  await create(namespace, { ipv6 });
  const peer = ["type", "veth", "peer", "name", "wan", "netns", namespace];
  await runProgram("ip", "-n", exchange, "link", "add", port, ...peer);
  // The name of the interface differs at both ends, everything else is alike.
  const addresses = (dev: string, last: number) => [
    ...ipv4 ? [`ip addr add ${ipv4Of(number, last)}/24 dev ${dev}`] : [],
    ...ipv6 ? [`ip addr add ${ipv6Of(number, last)}/64 dev ${dev}`] : [],
    `ip link set ${dev} up`,
  ];
  await configure(exchange, ...addresses(port, 1));
  await configure(
    namespace,
    ...addresses("wan", 2),
    ...ipv4 ? [`ip route add default via ${ipv4Of(number, 1)}`] : [],
    ...ipv6 ? [`ip -6 route add default via ${ipv6Of(number, 1)}`] : [],
  );
  return port;
}

/** Lets a router translate addresses between the exchange and a network of machines. */
async function translate(
  { router, address }: Home,
  { ports, forwarded }: Access & { kind: "router" },
): Promise<void> {
  const masquerade = ports === "random" ? "masquerade random,fully-random" : "masquerade";
  const forwards = forwarded === undefined ? [] : [
    `iifname wan tcp dport ${forwarded.tcp} dnat to ${address}`,
    `iifname wan udp dport ${forwarded.udp} dnat to ${address}`,
  ];
  await configure(
    router,
    "sysctl -qw net.ipv4.ip_forward=1",
    "ip link add lan type bridge",
    `ip addr add ${gatewayOf(address)}/24 dev lan`,
    "ip link set lan up",
    ...[
      `nat { chain out { type nat hook postrouting priority 100; oifname wan ${masquerade}; }; }`,
      `nat { chain in { type nat hook prerouting priority -100; ${forwards.join("; ")}; }; }`,
      // Dropped, so that a packet that came too early reserves no port.
      "filter { chain in { type filter hook input priority 0; iifname wan drop; }; }",
      "filter { chain through { type filter hook forward priority 0; policy drop; " +
      "ct state established,related accept; iifname lan accept; ct status dnat accept; }; }",
    ].map((table) => `nft 'table ip ${table}'`),
  );
}

/** Puts a machine into the network behind a router. */
async function addMachine(
  { number, create }: Place,
  { namespace, home: { router, address } }: { namespace: string; home: Home },
): Promise<void> {
  await create(namespace);
  const plug = `lan${number}`;
  const peer = ["type", "veth", "peer", "name", "eth0", "netns", namespace];
  await runProgram("ip", "-n", router, "link", "add", plug, ...peer);
  await configure(router, `ip link set ${plug} master lan`, `ip link set ${plug} up`);
  await configure(
    namespace,
    `ip addr add ${address}/24 dev eth0`,
    "ip link set eth0 up",
    `ip route add default via ${gatewayOf(address)}`,
  );
}

function gatewayOf(address: string): string {
  return address.replace(/\d+$/, "1");
}

/** Runs these lines of a shell script in a namespace, up to the first that fails. */
async function configure(namespace: string, ...lines: string[]): Promise<void> {
  await runWithin(namespace, "sh", "-ec", lines.join("\n"));
}
