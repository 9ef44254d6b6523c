// A small network of namespaces: a hub that routes and runs servers, and machines of people.
//
// Invariants
// 1. Names carry this process's id. Disposing removes everything; what a killed run left behind is
//    removed by the next one.
// 2. Only namespaces made here are changed, and one pair of interfaces of the host, through which
//    the test asks the hub's server.

import {
  createNamespace,
  deleteNamespace,
  linkToHost,
  networkNames,
  runProgram,
  runWithin,
} from "./netns.ts";

/** A machine on the network. */
export interface Machine {
  /** Its network namespace. */
  readonly namespace: string;
  /** The hub's interface towards it. */
  readonly port: string;
}

/** A hub with machines around it. */
export interface Network extends AsyncDisposable {
  /** Where servers run. The host and every machine reach it by `address`. */
  readonly hub: { namespace: string; address: string };
  readonly machines: readonly Machine[];
  /** Drops packets in the hub. A rule is "CHAIN EXPRESSION"; chains: input, output, forward. */
  drop(...rules: string[]): Promise<void>;
  /** Ends all dropping but that of these rules, at one instant. */
  restore(...but: string[]): Promise<void>;
  /** Limits what a machine sends to so many kbit/s, with a queue of 0.2 s; undefined: no limit. */
  narrow(machine: Machine, kbit: number | undefined): Promise<void>;
  /** Gives a machine an address in another subnet with another gateway, as another Wi-Fi would. */
  move(machine: Machine): Promise<void>;
}

/** Everything between a machine and the rest of the world. */
export function allOf({ port }: Machine): string[] {
  return [
    `input iifname ${port}`,
    `output oifname ${port}`,
    `forward iifname ${port}`,
    `forward oifname ${port}`,
  ];
}

/** Added to the number of a machine's first subnet, this gives its second. */
const moved = 100;

/** Makes a hub and so many machines; gone when disposed of. */
export async function createNetwork(count: number): Promise<Network> {
  const names = await networkNames();
  const hub = names.namespace("hub");
  const machines = Array.from({ length: count }, (_, index) => ({
    namespace: names.namespace(`m${index}`),
    port: `to-m${index}`,
  }));
  const dispose = async () => {
    await runProgram("ip", "link", "del", names.outside).catch(() => {});
    for (const namespace of [...machines.map(({ namespace }) => namespace), hub]) {
      await deleteNamespace(namespace);
    }
  };
  try {
    const address = await createHub(hub, names.outside);
    for (const [index, machine] of machines.entries()) await connect(hub, machine, index);
    const indexOf = (machine: Machine) => machines.findIndex(({ port }) => port === machine.port);
    return {
      hub: { namespace: hub, address },
      machines,
      drop: async (...rules) => {
        for (const rule of rules) {
          await runWithin(hub, "nft", "add", "rule", "inet", "faults", ...rule.split(" "), "drop");
        }
      },
      restore: (...but) =>
        runWithin(
          hub,
          "nft",
          ["flush table inet faults", ...but.map((rule) => `add rule inet faults ${rule} drop`)]
            .join("; "),
        ),
      narrow: ({ namespace }, kbit) => {
        const queue = ["dev", "eth0", "root"];
        return kbit === undefined
          ? runWithin(namespace, "tc", "qdisc", "del", ...queue)
          : runWithin(namespace, "tc", "qdisc", "replace", ...queue, ...tokenBucket(kbit));
      },
      move: (machine) => settle(machine.namespace, indexOf(machine) + moved),
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose().catch(() => {});
    throw error;
  }
}

function tokenBucket(kbit: number): string[] {
  return `tbf rate ${kbit}kbit burst 16kb latency 200ms`.split(" ");
}

/** The hub, its link to the host, and empty chains; returns its address. */
async function createHub(hub: string, outside: string): Promise<string> {
  await createNamespace(hub);
  await runWithin(hub, "sysctl", "-qw", "net.ipv4.ip_forward=1");
  const address = await linkToHost(hub, outside);
  await runWithin(hub, "nft", "add", "table", "inet", "faults");
  for (const chain of ["input", "output", "forward"]) {
    const hook = `{ type filter hook ${chain} priority 0 ; }`;
    await runWithin(hub, "nft", "add", "chain", "inet", "faults", chain, ...hook.split(" "));
  }
  return address;
}

/** Both of a machine's subnets are known to the hub; it starts in the first. */
async function connect(hub: string, { namespace, port }: Machine, index: number): Promise<void> {
  await createNamespace(namespace);
  await runProgram(
    "ip",
    "-n",
    hub,
    "link",
    "add",
    port,
    "type",
    "veth",
    "peer",
    "eth0",
    "netns",
    namespace,
  );
  await runWithin(hub, "ip", "addr", "add", `198.19.${index}.1/24`, "dev", port);
  await runWithin(hub, "ip", "addr", "add", `198.19.${index + moved}.1/24`, "dev", port);
  await runWithin(hub, "ip", "link", "set", port, "up");
  await runWithin(namespace, "ip", "link", "set", "eth0", "up");
  await settle(namespace, index);
}

async function settle(namespace: string, subnet: number): Promise<void> {
  await runWithin(namespace, "ip", "addr", "flush", "dev", "eth0");
  await runWithin(namespace, "ip", "addr", "add", `198.19.${subnet}.2/24`, "dev", "eth0");
  await runWithin(namespace, "ip", "route", "replace", "default", "via", `198.19.${subnet}.1`);
}
