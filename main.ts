/** Composes the server. Fresh builds and serves `app`; run as a program, this also listens. */
import { App, type Context, HttpError, staticFiles } from "fresh";
import { readAddress } from "./server/addresses.ts";
import { admin } from "./server/admin_command.ts";
import { isHealthy } from "./server/healthy.ts";
import { Log } from "./server/log.ts";
import { createParley, type Parley, type State } from "./server/parley.ts";
import { programHash } from "./server/program.ts";
import { BadSetting } from "./server/secrets.ts";
import { type Fetch, serve } from "./server/serve.ts";
import { type Command, defaults, readCommand, thisStart } from "./server/settings/command.ts";
import { LiveSettings } from "./server/settings/live_settings.ts";
import { startTurn } from "./server/turn/turn_start.ts";
import { version } from "./server/version.ts";

/** Time after the start when the code of pages is loaded, ms. */
const warmUpMs = 250;

let parley: Parley | undefined;
/** The command line. It is read first, because the routes need the base path. */
const command = import.meta.main ? readCommand(thisStart()) : defaults();

/** The pages and the API, in Fresh's terms. */
export const app = new App<State>({
  basePath: command.kind === "serve" ? command.settings.config.basePath : "",
})
  .use((ctx) => {
    // Only the development server runs without `start()`; it uses the default settings.
    ctx.state.parley = parley ??= createParley(live(defaults()));
    return ctx.next();
  })
  .use(logFaults)
  .use(openClient)
  .use(staticFiles())
  .use(rightAddress)
  .fsRoutes();

/** Starts the relay of the development server, which listens on `port` by `Deno.serve`. */
export function relayForDevelopment(port: number): void {
  const { settings, ...command } = defaults();
  const config = { ...settings.config, transport: "deno" } as const;
  parley ??= createParley(live({ ...command, settings: { ...settings, config } }));
  startTurn(parley, { port, secure: false });
}

/** Logs what a route throws, because `_error.tsx` answers it without logging. */
async function logFaults(ctx: Context<State>): Promise<Response> {
  try {
    return await ctx.next();
  } catch (error) {
    const isExpected = error instanceof HttpError && error.status < 500;
    if (!isExpected) ctx.state.parley.log.fault("a request failed", error);
    throw error;
  }
}

/** Redirects a misspelt address to the only page it can mean; `_error.tsx` offers likely ones. */
function rightAddress(ctx: Context<State>): Response | Promise<Response> {
  const { method, url } = ctx.req;
  // The address as it arrived: a router may have normalised `ctx.url`.
  const reading = readAddress(new URL(url), ctx.config.basePath);
  if (reading.kind === "right" || (method !== "GET" && method !== "HEAD")) return ctx.next();
  if (reading.kind === "offer") throw new HttpError(404);
  // Browsers must not cache it, because later versions may allow other names.
  const headers = { location: reading.location, "cache-control": "no-cache" };
  return new Response(null, { status: 308, headers });
}

/** Pages of every origin may import the client module. */
async function openClient(ctx: Context<State>): Promise<Response> {
  const response = await ctx.next();
  if (ctx.url.pathname === `${ctx.config.basePath}/parley-client.js`) {
    response.headers.set("access-control-allow-origin", "*");
  }
  return response;
}

function live({ settings, reread }: Command & { kind: "serve" }): LiveSettings {
  return new LiveSettings(settings, reread);
}

async function start(): Promise<void> {
  switch (command.kind) {
    case "print":
      console.log(command.text);
      return;
    case "version":
      console.log(`parley ${version}\nprogram ${await programHash()}`);
      return;
    case "licences": {
      // The build writes it for the packages that it bundles.
      const file = new URL("./_fresh/program/licences.txt", import.meta.url);
      console.log(await Deno.readTextFile(file));
      return;
    }
    case "refuse":
      return refuse(command.lines);
    case "admin": {
      const { lines, code } = await admin(command.command);
      for (const line of lines) (code === 0 ? console.log : console.error)(line);
      return Deno.exit(code);
    }
    case "doctor": {
      const { settings: { config }, url, json } = command;
      const { examine, isBroken, report } = await import("./server/doctor/doctor.ts");
      const checks = await examine(config, url);
      console.log(json ? JSON.stringify(checks, null, 2) : report(checks));
      return Deno.exit(isBroken(checks) ? 1 : 0);
    }
    case "healthy":
      return Deno.exit(await isHealthy(command.settings.config) ? 0 : 1);
    case "serve": {
      const building: Promise<{ default: { fetch: Fetch } }> = import("./_fresh/server.js");
      try {
        parley = await compose(live(command));
      } catch (error) {
        if (!(error instanceof BadSetting)) throw error;
        return refuse([error.message]);
      }
      const { default: { fetch } } = await building;
      await serve(parley, fetch);
      setTimeout(() => void warmUp(fetch), warmUpMs);
      return;
    }
    default:
      command satisfies never;
  }
}

/** Creates the parts; what a cluster needs is loaded only if this is to be a node of one. */
async function compose(settings: LiveSettings): Promise<Parley> {
  if (settings.config.redis === undefined) return createParley(settings);
  const { joinCluster } = await import("./server/cluster/join_cluster.ts");
  const log = new Log();
  return createParley(settings, { log, cluster: await joinCluster(settings, log) });
}

/** Renders a page that nobody asked for, so that the first person need not wait for its code. */
async function warmUp(fetch: Fetch): Promise<void> {
  const { basePath } = app.config;
  const request = new Request(`http://localhost${basePath}/r/warm-up`);
  const remoteAddr = { transport: "tcp", hostname: "localhost", port: 0 } as const;
  const completed = Promise.resolve();
  await (await fetch(request, { remoteAddr, completed, secure: false })).body?.cancel();
}

/** Prints the errors of the command line and the settings, a line each; exits with code 2. */
function refuse(lines: readonly string[]): never {
  for (const line of lines) console.error(`parley: ${line}`);
  Deno.exit(2);
}

// Not awaited: `start()` imports server.js, which imports this module and needs it evaluated.
if (import.meta.main) start();
