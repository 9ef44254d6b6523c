/** Listens, answers, reloads on SIGHUP, and stops gracefully. */
import { wantsUpgrade } from "../signaling/mod.ts";
import { readAddress } from "./addresses.ts";
import {
  type Answer,
  type ConnectionInfo,
  type Listener,
  listenPlain,
  listenTls,
  redirectToHttps,
  TlsListener,
  type Transport,
} from "./listener.ts";
import { listenHosts, urlHost } from "./listen_address.ts";
import type { Parley } from "./parley.ts";
import { reload } from "./reload.ts";
import { remoteAddress } from "./request.ts";
import { withSecurityHeaders } from "./security_headers.ts";
import type { AcmeCertificate } from "./tls/acme.ts";
import type { OptionName } from "./settings/options.ts";
import { BadCertificate, certificateFiles, type CertificateSource } from "./tls/certificate.ts";
import { exportCounts, nameRoute } from "./telemetry.ts";
import { denoTransport, doorTransport } from "./transport.ts";
import { startTurn } from "./turn/turn_start.ts";
import { admit, upgrade } from "./upgrade.ts";
import { version } from "./version.ts";
import { acceptSocket } from "./websocket/accept.ts";
import type { ByteStream } from "./websocket/framed_socket.ts";
import { print, welcome } from "./welcome.ts";

/** How long a stop waits for open sockets and pending responses, ms. */
const drainMs = 5_000;
/** How long the last lines of the log may take, ms. */
const lastLinesMs = 500;

/** Answers a page or API request, as Fresh's `app.handler()` does. */
export type Fetch = Answer;

/** The open ports of a running server. */
interface Listeners {
  readonly main: Listener;
  readonly redirect: Listener | undefined;
}

/** Serves until SIGINT or SIGTERM, then ends the process. Exits with 1 if a port is in use. */
export async function serve(parley: Parley, fetch: Fetch): Promise<void> {
  const { settings, log, kept } = parley;
  guardProcess(parley);
  await exportCounts(() => parley.hub.counts());
  const listeners = await openListeners(
    parley,
    (request, info) => answer(request, { parley, fetch, info }),
  );
  // No request has been handled yet, so this is the first event of this process.
  void startWebhooks(parley);
  const stop = () => void drain(parley, listeners);
  void parley.drainWanted.then(stop);
  Deno.addSignalListener("SIGINT", stop);
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", stop);
    Deno.addSignalListener("SIGHUP", () => {
      reload(parley);
      if (listeners.main instanceof TlsListener) void listeners.main.refresh();
    });
  }
  const { hostname, port } = listeners.main.address;
  const { config } = settings;
  const secure = listeners.main instanceof TlsListener;
  if (config.turn) startTurn(parley, { port, secure });
  print(await welcome({ config, port, secure }));
  const keyFolder = kept.folder ?? "";
  const { roomCapacity } = config;
  const redirect = listeners.redirect && { redirectPort: listeners.redirect.address.port };
  log.line("info", "listening", {
    ...{ version, hostname, port, secure, roomCapacity, keyFolder },
    ...redirect,
  });
  if (settings.ignored.length > 0) {
    const names = settings.ignored.join(" ");
    log.line("info", "ignored the variables of a Kubernetes service or a linked container", {
      names,
    });
  }
  if (kept.folder !== undefined || parley.cluster !== undefined) return;
  const words = "no state folder is writable, so a restart will end all calls; set --state-dir";
  log.line("warn", words, { tried: kept.refusals.join("; ") });
}

/** Says that nobody is inside any room, unless other nodes have rooms. */
async function startWebhooks({ webhooks, cluster }: Parley): Promise<void> {
  if (cluster === undefined || (await cluster.joined).isFirst) webhooks.start();
}

async function openListeners(parley: Parley, answer: Answer): Promise<Listeners> {
  const { settings: { config }, log } = parley;
  const onError = (error: unknown) => {
    log.fault("a request failed", error);
    return withSecurityHeaders(new Response("internal error", { status: 500 }));
  };
  const acme = await acmeCertificate(parley);
  const source = acme ?? await certificateSource(parley);
  const { port, redirectPort } = config;
  let asked: "port" | "redirect-port" = "port";
  try {
    const hosts = listenHosts(config.host);
    const transport = transportOf(parley, { answer, onError, hasSockets: true });
    const options = { hosts, port, log, transport };
    const main = source === undefined ? listenPlain(options) : await listenTls(source, options);
    asked = "redirect-port";
    const redirect = redirectPort === undefined ? undefined : listenPlain({
      hosts,
      port: redirectPort,
      transport: transportOf(parley, {
        answer: redirectToHttps({
          port: main.address.port,
          challenge: (path) => acme?.challenge(path),
          hostOf: (request, info) => parley.clientOf(request, remoteAddress(info)).host,
        }),
        onError,
        hasSockets: false,
      }),
    });
    void acme?.start();
    return { main, redirect };
  } catch (error) {
    print(`parley: ${openFailure(error, { parley, asked })}\n`, Deno.stderr);
    await log.written(lastLinesMs);
    Deno.exit(error instanceof BadCertificate ? 2 : 1);
  }
}

/**
 * What listens, as `--transport` says. `answer`: to requests that are no handshake of the door.
 * Every path is one of a socket, since pages of SkyRTC connect on any.
 */
export function transportOf(
  parley: Parley,
  { hasSockets, ...options }: {
    answer: Answer;
    onError: (error: unknown) => Response;
    /** Whether handshakes are answered; the port that redirects to https has no sockets. */
    hasSockets: boolean;
  },
): Transport {
  const { settings } = parley;
  if (settings.config.transport === "deno") return denoTransport(options);
  const { turn } = parley;
  return doorTransport({
    ...options,
    stun: hasSockets && settings.config.turn
      ? (connection) => void turn.take(connection)
      : undefined,
    connectionsMost: (address) => parley.connectionsMost(address),
    upgrade: (request, { remoteAddr }) => {
      if (!hasSockets) {
        const text = "this port redirects to https; connect by wss";
        return withSecurityHeaders(new Response(text, { status: 426 }));
      }
      const client = parley.clientOf(request, remoteAddress({ remoteAddr }));
      const admission = admit(request, { ...parley, client });
      if (admission instanceof Response) return withSecurityHeaders(admission);
      // Before anything is awaited, so that handshakes sent all at once count each other.
      const arrived = admission.begin();
      const open = (stream: ByteStream, early: Uint8Array) =>
        acceptSocket(admission, { stream, early, arrived });
      return { protocol: admission.protocol || undefined, open, abandon: arrived };
    },
  });
}

async function acmeCertificate({ settings, kept, log }: Parley): Promise<
  AcmeCertificate | undefined
> {
  const { acmeDomain: domains, acmeEmail: email, acmeDirectory: directory } = settings.config;
  if (domains.length === 0) return undefined;
  // Certificate libraries are loaded on demand: they are a large part of the code.
  const { AcmeCertificate } = await import("./tls/acme.ts");
  return new AcmeCertificate({ domains, email, directory, folder: kept.folder, log });
}

async function certificateSource({ settings, kept }: Parley): Promise<
  CertificateSource | undefined
> {
  const { host, tlsCert, tlsKey, tlsSelfSigned } = settings.config;
  if (tlsCert !== undefined && tlsKey !== undefined) {
    return certificateFiles(
      { path: tlsCert, setting: settings.nameOf("tls-cert") },
      { path: tlsKey, setting: settings.nameOf("tls-key") },
    );
  }
  if (!tlsSelfSigned) return undefined;
  const { selfSigned, thisMachine } = await import("./tls/self_signed.ts");
  return selfSigned(kept.folder, () => thisMachine(host));
}

/** Answers a request for a page, or a handshake that has come to `Deno.serve`. */
export async function answer(
  request: Request,
  { parley, fetch, info }: {
    parley: Parley;
    fetch: Fetch;
    info: ConnectionInfo;
  },
): Promise<Response> {
  // A malformed Host header makes a URL that the router would throw on.
  if (URL.parse(request.url) === null) {
    return withSecurityHeaders(new Response("malformed Host header", { status: 400 }));
  }
  nameRoute(request);
  // SkyRTC pages connect on any path, so every path accepts upgrades.
  if (wantsUpgrade(request)) {
    const client = parley.clientOf(request, remoteAddress(info));
    return withSecurityHeaders(upgrade(request, { ...parley, client }));
  }
  const { basePath, embedOrigins } = parley.settings.config;
  const url = new URL(request.url);
  if (isWellFormed(url.pathname)) {
    return withSecurityHeaders(await fetch(request, info), embedOrigins);
  }
  // Frameworks may throw on a malformed escape, so they get a path without a page instead; if a
  // room may be meant, the path is below it, and the page offers that room.
  const meant = readAddress(url, basePath);
  const near = meant.kind === "offer" ? `/r/${encodeURIComponent(meant.room)}` : "";
  url.pathname = `${basePath}${near}/none`;
  const { method, headers } = request;
  const asked = new Request(url, { method: method === "HEAD" ? method : "GET", headers });
  const page = withSecurityHeaders(await fetch(asked, info), embedOrigins);
  return new Response(page.body, { status: 400, headers: page.headers });
}

/** Whether all percent escapes of a path are valid and form UTF-8. */
function isWellFormed(path: string): boolean {
  try {
    decodeURI(path);
    return true;
  } catch {
    return false;
  }
}

/** `asked`: the port that failed to open. */
function openFailure(
  error: unknown,
  { parley: { settings }, asked }: {
    parley: Parley;
    asked: OptionName & ("port" | "redirect-port");
  },
): string {
  const { host, port: main, redirectPort = 0 } = settings.config;
  const port = asked === "port" ? main : redirectPort;
  const source = settings.nameOf(asked);
  const given = source === `--${asked}` ? "" : `${source}: `;
  if (error instanceof BadCertificate) return error.message;
  if (error instanceof Deno.errors.AddrInUse) {
    return `${given}port ${port} is in use; choose another with --${asked}`;
  }
  const place = `${urlHost(host)}:${port}`;
  if (error instanceof Deno.errors.PermissionDenied) {
    const fix = `choose a port from 1024 on with --${asked}, or grant CAP_NET_BIND_SERVICE`;
    return `${given}not permitted to listen on ${place}; ${fix}`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  const hostGiven = settings.nameOf("host");
  const out = hostGiven === "--host" ? "" : `, or unset ${hostGiven}`;
  return `${hostGiven}: cannot listen on ${place}: ${reason}; ` +
    `give an address of this machine with --host${out}`;
}

/** Logs uncaught errors: one must not end all calls. */
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

async function drain(
  { hub, rooms, webhooks, turn, log }: Parley,
  { main, redirect }: Listeners,
): Promise<void> {
  log.line("info", "stopping");
  const closed = hub.close();
  const deadline = new Promise<void>((resolve) => setTimeout(resolve, drainMs));
  const reported = hub.roomsSettled.then(() => webhooks.finish());
  const parts = [main.close(), redirect?.close(), closed, reported];
  await Promise.race([Promise.all(parts), deadline]);
  if (webhooks.waiting > 0) {
    log.line("warn", "dropped webhook events that the receiver did not accept in time", {
      count: webhooks.waiting,
    });
  }
  turn.stop();
  webhooks.close();
  rooms.flush();
  await log.written(lastLinesMs);
  Deno.exit(0);
}
