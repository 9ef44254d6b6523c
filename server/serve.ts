/** Listens, answers, and stops gracefully. */
import { wantsUpgrade } from "../signaling/mod.ts";
import { version } from "./config.ts";
import type { Parley } from "./parley.ts";
import { withSecurityHeaders } from "./security_headers.ts";
import { upgrade } from "./upgrade.ts";

/** How long a stop waits for sockets and answers under way. */
const drainMs = 5_000;

/** Answers a page or API request, as Fresh's `app.handler()` does. */
export type Fetch = (
  request: Request,
  info: Deno.ServeHandlerInfo<Deno.NetAddr>,
) => Response | Promise<Response>;

/** Serves until SIGINT or SIGTERM, then ends the process. A taken port is one line and exit code 1. */
export function serve(parley: Parley, fetch: Fetch): void {
  const { config, log } = parley;
  guardProcess(parley);
  const server = listen(parley, (request, info) => answer(request, { parley, fetch, info }));
  const stop = () => drain(parley, server);
  Deno.addSignalListener("SIGINT", stop);
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", stop);
  const { hostname, port } = server.addr;
  const { roomCapacity } = config;
  const { folder, refusals } = parley.kept;
  log.line("info", "listening", { version, hostname, port, roomCapacity, keyFolder: folder ?? "" });
  if (folder !== undefined) return;
  const words = "no folder to keep the key in: a restart will end the calls of this run";
  log.line("warn", words, { tried: refusals.join("; ") });
}

function listen({ config, log }: Parley, answer: Fetch): Deno.HttpServer<Deno.NetAddr> {
  const { port, host: hostname } = config;
  try {
    return Deno.serve({
      port,
      hostname,
      onListen: (address) => print(`Parley ${version} is at ${pageAddress(address)}\n`),
      onError: (error) => {
        log.fault("a request failed", error);
        return withSecurityHeaders(new Response("internal error", { status: 500 }));
      },
    }, answer);
  } catch (error) {
    print(`${listenFailure(error, config)}\n`, Deno.stderr);
    Deno.exit(1);
  }
}

async function answer(
  request: Request,
  { parley, fetch, info }: {
    parley: Parley;
    fetch: Fetch;
    info: Deno.ServeHandlerInfo<Deno.NetAddr>;
  },
): Promise<Response> {
  // SkyRTC pages connect on whatever path they like, so an upgrade is one on every path.
  if (wantsUpgrade(request)) {
    return withSecurityHeaders(
      upgrade(request, { ...parley, remoteAddress: info.remoteAddr.hostname }),
    );
  }
  return withSecurityHeaders(await fetch(request, info));
}

function listenFailure(error: unknown, { port, host }: Parley["config"]): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return `parley: port ${port} is taken; choose another one with --port`;
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return `parley: not allowed to listen on ${host}:${port}; ports below 1024 need privileges`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return `parley: cannot listen on ${host}:${port}: ${reason}`;
}

/** Where a person on this machine finds the page. */
function pageAddress({ hostname, port }: Deno.NetAddr): string {
  const everywhere = hostname === "0.0.0.0" || hostname === "::";
  const host = everywhere ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname;
  return `http://${host}:${port}`;
}

function print(text: string, stream: Pick<typeof Deno.stdout, "writeSync"> = Deno.stdout): void {
  try {
    stream.writeSync(new TextEncoder().encode(text));
  } catch {
    // A closed stdout is no reason not to serve.
  }
}

/** One stray error must not end everybody's call. */
function guardProcess({ log }: Parley): void {
  addEventListener("error", (event) => {
    event.preventDefault();
    log.fault("uncaught error", event.error);
  });
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    log.fault("unhandled rejection", event.reason);
  });
}

async function drain({ hub, log }: Parley, server: Deno.HttpServer): Promise<void> {
  log.line("info", "stopping");
  hub.close();
  const deadline = new Promise<void>((resolve) => setTimeout(resolve, drainMs));
  await Promise.race([Promise.all([server.shutdown(), hub.empty()]), deadline]);
  Deno.exit(0);
}
