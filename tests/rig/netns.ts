// Network namespaces of this process, and the programs that set them up.

const prefix = "parley-";
let networks = 0;

/** Why there can be no namespaces here, in words; undefined when there can. */
export async function namespacesRefused(): Promise<string | undefined> {
  if (Deno.build.os !== "linux") return "network namespaces exist on Linux only";
  if (Deno.uid() !== 0) return "network namespaces need root";
  const name = `${prefix}${Deno.pid}-try`;
  try {
    await runProgram("ip", "netns", "add", name);
    await runWithin(name, "nft", "add", "table", "inet", "faults");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await deleteNamespace(name).catch(() => {});
  }
}

/** The names of one network's parts. */
export interface NetworkNames {
  /** The host's interface towards it. */
  readonly outside: string;
  namespace(part: string): string;
}

/**
 * Names for another network; what a killed run left behind is removed. The system takes a moment to
 * remove a namespace, so each network has its own names.
 */
export async function networkNames(): Promise<NetworkNames> {
  const listed = await runProgram("ip", "netns", "list");
  for (const [name, owner] of listed.matchAll(new RegExp(`^${prefix}(\\d+)-[\\w-]+`, "gm"))) {
    if (!await exists(`/proc/${owner}`)) await deleteNamespace(name);
  }
  const id = `${Deno.pid}-${networks++}`;
  return { outside: `ply${id}`, namespace: (part) => `${prefix}${id}-${part}` };
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** Makes a namespace with a loopback interface. */
export async function createNamespace(name: string, { ipv6 = false } = {}): Promise<void> {
  await runProgram("ip", "netns", "add", name);
  // Without it browsers would find each other by link-local addresses that no rule here is about.
  // Where there is IPv6, an address that is checked for duplicates would change the network late.
  const setting = ipv6 ? "accept_dad=0" : "disable_ipv6=1";
  for (const which of ["all", "default"]) {
    await runWithin(name, "sysctl", "-qw", `net.ipv6.conf.${which}.${setting}`);
  }
  await runWithin(name, "ip", "link", "set", "lo", "up");
}

/** Removes a namespace with its interfaces; processes in it lose their network. */
export async function deleteNamespace(name: string): Promise<void> {
  await runProgram("ip", "netns", "del", name);
  await Deno.remove(filesOf(name), { recursive: true }).catch(ignoreMissing);
}

/** What `ip netns exec` puts in the place of files of /etc. */
function filesOf(namespace: string): string {
  return `/etc/netns/${namespace}`;
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

/**
 * Gives programs that are started in a namespace later these names of hosts. Other names fail at
 * once: browsers wait for a name server they cannot reach for many seconds.
 */
export async function writeHosts(
  namespace: string,
  hosts: readonly { name: string; address: string }[],
): Promise<void> {
  // Chromium's WebRTC asks for names with the dot of the root.
  const lines = [{ name: "localhost", address: "127.0.0.1" }, ...hosts]
    .map(({ name, address }) => `${address} ${name} ${name}.\n`);
  await Deno.mkdir(filesOf(namespace), { recursive: true });
  await Deno.writeTextFile(`${filesOf(namespace)}/hosts`, lines.join(""));
  // Nobody listens there, which the system answers at once.
  await Deno.writeTextFile(`${filesOf(namespace)}/resolv.conf`, "nameserver 127.0.0.1\n");
}

/**
 * Links a namespace to the host, through which the test asks the servers in it; returns the
 * namespace's address. `outside`: the host's interface.
 */
export async function linkToHost(namespace: string, outside: string): Promise<string> {
  // 198.18.0.0/15 is set apart for tests of networks; each process has four addresses of it.
  const first = (Deno.pid % 0x3f00) * 4;
  const inRange = (offset: number) => `198.18.${(first + offset) >> 8}.${(first + offset) & 255}`;
  const peer = ["type", "veth", "peer", "name", "host", "netns", namespace];
  await runProgram("ip", "link", "add", outside, ...peer);
  await runProgram("ip", "addr", "add", `${inRange(1)}/30`, "dev", outside);
  await runProgram("ip", "link", "set", outside, "up");
  await runWithin(namespace, "ip", "addr", "add", `${inRange(2)}/30`, "dev", "host");
  await runWithin(namespace, "ip", "link", "set", "host", "up");
  return inRange(2);
}

/** Runs a program to its end; returns its output, or fails with its standard error. */
export async function runProgram(program: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, { args, stdin: "null" })
    .output();
  const text = new TextDecoder();
  if (!success) throw new Error(`${program} ${args.join(" ")}: ${text.decode(stderr).trim()}`);
  return text.decode(stdout);
}

/** The same in a namespace. */
export async function runWithin(namespace: string, ...command: string[]): Promise<void> {
  await runProgram("ip", "netns", "exec", namespace, ...command);
}

/**
 * Lets the host connect to a port of a namespace's loopback, under the same number on its own
 * loopback. Disposing ends the connections.
 */
export function forwardInto(namespace: string, port: number): AsyncDisposable {
  const listener = Deno.listen({ hostname: "127.0.0.1", port });
  const passages = new Set<Promise<void>>();
  const children = new Set<Deno.ChildProcess>();
  const pass = async (connection: Deno.Conn) => {
    const script = `exec 3<>/dev/tcp/127.0.0.1/${port}; cat <&3 & cat >&3; kill $!`;
    const child = new Deno.Command("ip", {
      args: ["netns", "exec", namespace, "bash", "-c", script],
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    children.add(child);
    // Either end may go first.
    await Promise.allSettled([
      connection.readable.pipeTo(child.stdin),
      child.stdout.pipeTo(connection.writable),
    ]);
    await child.status;
    children.delete(child);
  };
  const accepting = (async () => {
    for await (const connection of listener) passages.add(pass(connection));
  })();
  return {
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      for (const child of children) child.kill();
      await Promise.all(passages);
    },
  };
}
