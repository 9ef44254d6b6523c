// A small network of namespaces: a hub that routes and runs servers, and machines of people.
//
// Invariants
// 1. Names carry this process's id. Disposing removes everything; what a killed run left behind is
//    removed by the next one.
// 2. Only namespaces made here are changed, and one pair of interfaces of the host, through which
//    the test asks the hub's server.

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

/** Why there can be no namespaces here, in words; undefined when there can. */
export async function namespacesRefused(): Promise<string | undefined> {
  if (Deno.build.os !== "linux") return "network namespaces exist on Linux only";
  if (Deno.uid() !== 0) return "network namespaces need root";
  const name = `${prefix}${Deno.pid}-try`;
  try {
    await run("ip", "netns", "add", name);
    await run("ip", "netns", "exec", name, "nft", "add", "table", "inet", "faults");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await run("ip", "netns", "del", name).catch(() => {});
  }
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

const prefix = "parley-";
/** Added to the number of a machine's first subnet, this gives its second. */
const moved = 100;
let networks = 0;

/** Makes a hub and so many machines; gone when disposed of. */
export async function createNetwork(count: number): Promise<Network> {
  await removeLeftovers();
  // The system takes a moment to remove a namespace, so the next network has other names.
  const id = `${Deno.pid}-${networks++}`;
  const hub = `${prefix}${id}-hub`;
  const outside = `ply${id}`;
  const machines = Array.from({ length: count }, (_, index) => ({
    namespace: `${prefix}${id}-m${index}`,
    port: `to-m${index}`,
  }));
  const dispose = async () => {
    await run("ip", "link", "del", outside).catch(() => {});
    for (const namespace of [...machines.map(({ namespace }) => namespace), hub]) {
      await run("ip", "netns", "del", namespace);
    }
  };
  try {
    const address = await createHub(hub, outside);
    for (const [index, machine] of machines.entries()) await connect(hub, machine, index);
    const indexOf = (machine: Machine) => machines.findIndex(({ port }) => port === machine.port);
    return {
      hub: { namespace: hub, address },
      machines,
      drop: async (...rules) => {
        for (const rule of rules) {
          await within(hub, "nft", "add", "rule", "inet", "faults", ...rule.split(" "), "drop");
        }
      },
      restore: (...but) =>
        within(
          hub,
          "nft",
          ["flush table inet faults", ...but.map((rule) => `add rule inet faults ${rule} drop`)]
            .join("; "),
        ),
      narrow: ({ namespace }, kbit) => {
        const queue = ["dev", "eth0", "root"];
        return kbit === undefined
          ? within(namespace, "tc", "qdisc", "del", ...queue)
          : within(namespace, "tc", "qdisc", "replace", ...queue, ...tokenBucket(kbit));
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
  // 198.18.0.0/15 is set apart for tests of networks; each process has four addresses of it.
  const first = (Deno.pid % 0x3f00) * 4;
  const inRange = (offset: number) => `198.18.${(first + offset) >> 8}.${(first + offset) & 255}`;
  await createNamespace(hub);
  await within(hub, "sysctl", "-qw", "net.ipv4.ip_forward=1");
  await run("ip", "link", "add", outside, "type", "veth", "peer", "name", "host", "netns", hub);
  await run("ip", "addr", "add", `${inRange(1)}/30`, "dev", outside);
  await run("ip", "link", "set", outside, "up");
  await within(hub, "ip", "addr", "add", `${inRange(2)}/30`, "dev", "host");
  await within(hub, "ip", "link", "set", "host", "up");
  await within(hub, "nft", "add", "table", "inet", "faults");
  for (const chain of ["input", "output", "forward"]) {
    const hook = `{ type filter hook ${chain} priority 0 ; }`;
    await within(hub, "nft", "add", "chain", "inet", "faults", chain, ...hook.split(" "));
  }
  return inRange(2);
}

/** Both of a machine's subnets are known to the hub; it starts in the first. */
async function connect(hub: string, { namespace, port }: Machine, index: number): Promise<void> {
  await createNamespace(namespace);
  await run(
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
  await within(hub, "ip", "addr", "add", `198.19.${index}.1/24`, "dev", port);
  await within(hub, "ip", "addr", "add", `198.19.${index + moved}.1/24`, "dev", port);
  await within(hub, "ip", "link", "set", port, "up");
  await within(namespace, "ip", "link", "set", "eth0", "up");
  await settle(namespace, index);
}

async function settle(namespace: string, subnet: number): Promise<void> {
  await within(namespace, "ip", "addr", "flush", "dev", "eth0");
  await within(namespace, "ip", "addr", "add", `198.19.${subnet}.2/24`, "dev", "eth0");
  await within(namespace, "ip", "route", "replace", "default", "via", `198.19.${subnet}.1`);
}

async function createNamespace(name: string): Promise<void> {
  await run("ip", "netns", "add", name);
  // Without it browsers would find each other by link-local addresses that no rule here is about.
  for (const which of ["all", "default"]) {
    await within(name, "sysctl", "-qw", `net.ipv6.conf.${which}.disable_ipv6=1`);
  }
  await within(name, "ip", "link", "set", "lo", "up");
}

async function removeLeftovers(): Promise<void> {
  const listed = await run("ip", "netns", "list");
  for (const [name, owner] of listed.matchAll(new RegExp(`^${prefix}(\\d+)-[\\w-]+`, "gm"))) {
    if (!await exists(`/proc/${owner}`)) await run("ip", "netns", "del", name);
  }
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

async function within(namespace: string, ...command: string[]): Promise<void> {
  await run("ip", "netns", "exec", namespace, ...command);
}

async function run(program: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args, stdin: "null" })
    .output();
  const text = new TextDecoder();
  if (!success) throw new Error(`${program} ${args.join(" ")}: ${text.decode(stderr).trim()}`);
  return text.decode(stdout);
}
