/** Listens, answers, reloads on SIGHUP, and stops gracefully. */
import { wantsUpgrade } from "../signaling/mod.ts";
import { type Answer, type Front, openPlain, openSecure, SecureFront, toHttps } from "./front.ts";
import type { Parley } from "./parley.ts";
import { reload } from "./reload.ts";
import { withSecurityHeaders } from "./security_headers.ts";
import type { AcmeCertificate } from "./tls/acme.ts";
import { BadCertificate, certificateFiles, type CertificateSource } from "./tls/certificate.ts";
import { exportCounts, nameRoute } from "./telemetry.ts";
import { upgrade } from "./upgrade.ts";
import { version } from "./version.ts";
import { print, welcome } from "./welcome.ts";

/** How long a stop waits for sockets and answers under way. */
const drainMs = 5_000;

/** Answers a page or API request, as Fresh's `app.handler()` does. */
export type Fetch = Answer;

/** The open ports of a running server, the pages' first. */
interface Fronts {
  readonly main: Front;
  readonly redirect: Front | undefined;
}

/** Serves until SIGINT or SIGTERM, then ends the process. A taken port is one line and exit code 1. */
export async function serve(parley: Parley, fetch: Fetch): Promise<void> {
  const { settings, log, kept } = parley;
  guardProcess(parley);
  await exportCounts(() => parley.hub.counts());
  const fronts = await openFronts(
    parley,
    (request, info) => answer(request, { parley, fetch, info }),
  );
  const stop = () => void drain(parley, fronts);
  void parley.drainWanted.then(stop);
  Deno.addSignalListener("SIGINT", stop);
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGTERM", stop);
    Deno.addSignalListener("SIGHUP", () => {
      reload(parley);
      if (fronts.main instanceof SecureFront) void fronts.main.refresh();
    });
  }
  const { hostname, port } = fronts.main.address;
  const { config } = settings;
  const secure = fronts.main instanceof SecureFront;
  print(welcome({ config, port, secure }));
  const keyFolder = kept.folder ?? "";
  const { roomCapacity } = config;
  const redirect = fronts.redirect && { redirectPort: fronts.redirect.address.port };
  log.line("info", "listening", {
    ...{ version, hostname, port, secure, roomCapacity, keyFolder },
    ...redirect,
  });
  if (kept.folder !== undefined) return;
  const words = "no folder to keep the key in: a restart will end the calls of this run";
  log.line("warn", words, { tried: kept.refusals.join("; ") });
}

async function openFronts(parley: Parley, answer: Answer): Promise<Fronts> {
  const { settings: { config }, log } = parley;
  const onError = (error: unknown) => {
    log.fault("a request failed", error);
    return withSecurityHeaders(new Response("internal error", { status: 500 }));
  };
  const acme = await acmeCertificate(parley);
  const source = acme ?? await certificateSource(parley);
  const { host, port } = config;
  let asked = port;
  try {
    const options = { host, port, log, answer, onError };
    const main = source === undefined ? openPlain(options) : await openSecure(source, options);
    asked = config.redirectPort ?? 0;
    const redirect = config.redirectPort === undefined ? undefined : openPlain({
      host,
      port: config.redirectPort,
      answer: toHttps(main.address.port, (path) => acme?.challenge(path)),
      onError,
    });
    void acme?.start();
    return { main, redirect };
  } catch (error) {
    print(`parley: ${openFailure(error, { host, port: asked })}\n`, Deno.stderr);
    Deno.exit(error instanceof BadCertificate ? 2 : 1);
  }
}

async function acmeCertificate({ settings, kept, log }: Parley): Promise<
  AcmeCertificate | undefined
> {
  const { acmeDomain: domains, acmeEmail: email, acmeDirectory: directory } = settings.config;
  if (domains.length === 0) return undefined;
  // Makers of certificates are read where they are wanted: they are a good part of all there is to read.
  const { AcmeCertificate } = await import("./tls/acme.ts");
  return new AcmeCertificate({ domains, email, directory, folder: kept.folder, log });
}

async function certificateSource({ settings, kept }: Parley): Promise<
  CertificateSource | undefined
> {
  const { tlsCert, tlsKey, tlsSelfSigned } = settings.config;
  if (tlsCert !== undefined && tlsKey !== undefined) return certificateFiles(tlsCert, tlsKey);
  if (!tlsSelfSigned) return undefined;
  const { selfSigned } = await import("./tls/self_signed.ts");
  return selfSigned(kept.folder);
}

async function answer(
  request: Request,
  { parley, fetch, info }: {
    parley: Parley;
    fetch: Fetch;
    info: Deno.ServeHandlerInfo<Deno.NetAddr>;
  },
): Promise<Response> {
  nameRoute(request);
  // SkyRTC pages connect on whatever path they like, so an upgrade is one on every path.
  if (wantsUpgrade(request)) {
    const client = parley.clientOf(request, info.remoteAddr.hostname);
    return withSecurityHeaders(upgrade(request, { ...parley, client }));
  }
  const { basePath, embedOrigins } = parley.settings.config;
  const url = new URL(request.url);
  if (isWellFormed(url.pathname)) {
    return withSecurityHeaders(await fetch(request, info), embedOrigins);
  }
  // Frameworks may throw where they decode a path, so they are asked for one that no page has instead.
  url.pathname = `${basePath}/%25`;
  const { method, headers } = request;
  const asked = new Request(url, { method: method === "HEAD" ? method : "GET", headers });
  const page = withSecurityHeaders(await fetch(asked, info), embedOrigins);
  return new Response(page.body, { status: 400, headers: page.headers });
}

/** Whether every percent escape of a path is one, and all of them together are UTF-8. */
function isWellFormed(path: string): boolean {
  try {
    decodeURI(path);
    return true;
  } catch {
    return false;
  }
}

function openFailure(error: unknown, { host, port }: { host: string; port: number }): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return `port ${port} is taken; choose another one with --port`;
  }
  if (error instanceof Deno.errors.PermissionDenied) {
    return `not allowed to listen on ${host}:${port}; ports below 1024 need privileges`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return error instanceof BadCertificate ? reason : `cannot listen on ${host}:${port}: ${reason}`;
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

async function drain(
  { hub, rooms, webhooks, log }: Parley,
  { main, redirect }: Fronts,
): Promise<void> {
  log.line("info", "stopping");
  hub.close();
  webhooks.close();
  const deadline = new Promise<void>((resolve) => setTimeout(resolve, drainMs));
  await Promise.race([Promise.all([main.close(), redirect?.close(), hub.empty()]), deadline]);
  rooms.flush();
  Deno.exit(0);
}
