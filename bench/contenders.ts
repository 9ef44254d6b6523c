/** The servers that are compared, each a separate process on a free port. */
import { join } from "node:path";
import { startServer } from "../tests/rig/server.ts";
import { projectFolder } from "../scripts/server_command.ts";
import {
  parleyFormat,
  plainFormat,
  skyrtcFormat,
  socketioFormat,
  type Target,
  type WireFormat,
} from "./load.ts";

/** A running server; `await using` stops it. */
export interface Contender extends Target, AsyncDisposable {
  readonly name: string;
  readonly pid: number;
}

/** The npm packages that are compared with. */
const packages = ["ws@8.23.0", "socket.io@4.8.4", "skyrtc@0.0.2"];

/** Starts Parley from source. */
export async function startParley(args: readonly string[] = []): Promise<Contender> {
  // Clients under Deno send no Origin.
  const given = ["--room-capacity", "16", "--allow-origin", "*", ...args];
  const server = await startServer({ args: given });
  return contender("Parley", { url: server.url, pid: server.child.pid }, {
    format: parleyFormat,
    end: () => server.stop(),
  });
}

/** Starts the minimal relay on Deno's WebSockets. */
export async function startRaw(): Promise<Contender> {
  const server = await startServer({ module: "bench/raw_relay.ts" });
  return contender("raw Deno", { url: server.url, pid: server.child.pid }, {
    format: plainFormat,
    end: () => server.kill(),
  });
}

function contender(
  name: string,
  { url, pid }: { url: string; pid: number },
  { format, end }: { format: WireFormat; end: () => Promise<unknown> },
): Contender {
  return {
    name,
    url,
    pid,
    format,
    async [Symbol.asyncDispose]() {
      await end();
    },
  };
}

/** The relays on Node, by the name of their column. */
const others = {
  "ws on Node": { file: "ws_relay.cjs", format: plainFormat },
  "socket.io": { file: "socketio_relay.cjs", format: socketioFormat },
  "skyrtc": { file: "skyrtc_relay.cjs", format: skyrtcFormat },
} as const;

/** Starts a relay on Node; undefined if it does not start, which `log` reports. */
export async function startOther(
  name: keyof typeof others,
  log: (line: string) => void,
): Promise<Contender | undefined> {
  const { file, format } = others[name];
  const running = await (packagesInstalled ??= installPackages())
    .then(() => startNode(file))
    .catch(() => undefined);
  if (running !== undefined) return contender(name, running, { format, end: running.end });
  log(`${name} did not start and is left out; it needs npm and Node.`);
  return undefined;
}

/** Starts all relays on Node that can be started. */
export async function startOthers(log: (line: string) => void): Promise<Contender[]> {
  const started: Contender[] = [];
  for (const name of ["ws on Node", "socket.io", "skyrtc"] as const) {
    const running = await startOther(name, log);
    if (running !== undefined) started.push(running);
  }
  return started;
}

const packageFolder = join(projectFolder, "dist", "bench");
let packagesInstalled: Promise<void> | undefined;

async function installPackages(): Promise<void> {
  const { success } = await new Deno.Command("npm", {
    args: [
      "install",
      "--prefix",
      packageFolder,
      "--no-audit",
      "--no-fund",
      "--silent",
      ...packages,
    ],
    stdout: "null",
    stderr: "null",
  }).output();
  if (!success) throw new Error("npm could not install the packages");
}

async function startNode(
  file: string,
): Promise<{ url: string; pid: number; end: () => Promise<unknown> }> {
  const child = new Deno.Command("node", {
    args: [join(projectFolder, "bench", "node", file)],
    env: { NODE_PATH: join(packageFolder, "node_modules") },
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await reader.read();
  const url = /http:\/\/\S+/.exec(value)?.[0];
  const end = async () => {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended already.
    }
    await reader.cancel();
    await child.status;
  };
  if (url !== undefined) return { url, pid: child.pid, end };
  await end();
  throw new Error(`${file} printed no address`);
}
