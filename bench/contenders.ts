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

/** Starts the relays on Node; `log` reports those that do not start, which are left out. */
export async function startOthers(log: (line: string) => void): Promise<Contender[]> {
  const folder = join(projectFolder, "dist", "bench");
  const installed = await new Deno.Command("npm", {
    args: ["install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", ...packages],
    stdout: "null",
    stderr: "piped",
  }).output().catch(() => undefined);
  if (installed?.success !== true) {
    log("The other servers are left out; install npm and Node to compare with them.");
    return [];
  }
  const programs = [
    ["ws on Node", "ws_relay.cjs", plainFormat],
    ["socket.io", "socketio_relay.cjs", socketioFormat],
    ["skyrtc", "skyrtc_relay.cjs", skyrtcFormat],
  ] as const;
  const started: Contender[] = [];
  for (const [name, file, format] of programs) {
    const running = await startNode(file, folder).catch(() => undefined);
    if (running === undefined) log(`${name} did not start and is left out.`);
    else started.push(contender(name, running, { format, end: running.end }));
  }
  return started;
}

async function startNode(
  file: string,
  folder: string,
): Promise<{ url: string; pid: number; end: () => Promise<unknown> }> {
  const child = new Deno.Command("node", {
    args: [join(projectFolder, "bench", "node", file)],
    env: { NODE_PATH: join(folder, "node_modules") },
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
