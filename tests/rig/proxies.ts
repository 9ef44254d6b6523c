// Debian's nginx and Caddy with the very files people are given, but for ports and names.

import { fileURLToPath } from "node:url";
import { freePort } from "./free_port.ts";
import { waitFor } from "./wait_for.ts";

/** A running proxy in front of a server. */
export interface Proxy extends AsyncDisposable {
  readonly url: string;
  /** As RunningServer.room(). */
  room(name: string, query?: Record<string, string>): string;
}

/** Which of the files in deploy/. */
export type ProxyName = "nginx" | "caddy";

function given(file: string): Promise<string> {
  return Deno.readTextFile(fileURLToPath(new URL(`../../deploy/${file}`, import.meta.url)));
}

/** What a proxy stands before. */
export interface ProxyOptions {
  /** The server's port. */
  readonly target: number;
  /** Changes the file of deploy/, as its reader might have done. */
  readonly change?: (site: string) => string;
  /** Where its port is asked; both IP versions are listened on. */
  readonly address?: string;
}

/** Starts one in front of a server. */
export async function startProxy(
  name: ProxyName,
  { target, change = (site) => site, address = "localhost" }: ProxyOptions,
): Promise<Proxy> {
  const folder = await Deno.makeTempDir();
  const port = freePort();
  const place = { folder, port, target, change };
  const command = name === "nginx" ? await nginx(place) : await caddy(place);
  return await running(name, { command, folder, url: `http://${address}:${port}` });
}

/** Programs with a file for several nodes in deploy/. */
export type BalancerName = "nginx" | "caddy" | "haproxy";

/**
 * Starts one in front of the nodes of a cluster, with its file of deploy/, which brings the sockets
 * of a room to one node. Without `isByRoom` nginx takes the nodes in turns.
 */
export async function startBalancer(
  targets: readonly number[],
  { name = "nginx", isByRoom = true }: { name?: BalancerName; isByRoom?: boolean } = {},
): Promise<Proxy> {
  const folder = await Deno.makeTempDir();
  const port = freePort();
  const here = targets.map((target) => `127.0.0.1:${target}`);
  let next = 0;
  const site = (await given(clusterFiles[name]))
    .replace(isByRoom ? /$^/ : /^ +hash .*\n/m, "")
    // In the order in which the file has the nodes, from the first again.
    .replace(/10\.0\.0\.1[1-3]:8000/g, () => here[next++ % here.length] ?? "");
  const place = { folder, port };
  const command = name === "nginx"
    ? await nginxCommand(site, place)
    : name === "caddy"
    ? await caddyCommand(site, place)
    : await haproxyCommand(site, place);
  return await running(name, { command, folder, url: `http://localhost:${port}` });
}

const clusterFiles: Readonly<Record<BalancerName, string>> = {
  nginx: "nginx.cluster.conf",
  caddy: "Caddyfile.cluster",
  haproxy: "haproxy.cluster.cfg",
};

/** Resolves when a proxy's program answers at `url`. */
async function running(
  name: string,
  { command: [program, ...args], folder, url }: {
    command: [string, ...string[]];
    folder: string;
    url: string;
  },
): Promise<Proxy> {
  const child = new Deno.Command(program, {
    args,
    env: { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const proxy = {
    url,
    room: (name: string, query: Record<string, string> = {}) =>
      `${url}/r/${encodeURIComponent(name)}?${new URLSearchParams(query)}`,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
  try {
    await waitFor(
      () => fetch(`${url}/healthz`).then((answer) => answer.body?.cancel().then(() => true)),
      {
        what: `${name} to answer`,
      },
    );
    return proxy;
  } catch (error) {
    await proxy[Symbol.asyncDispose]();
    throw error;
  }
}

interface Spot {
  readonly folder: string;
  readonly port: number;
}

interface Place extends Spot {
  readonly target: number;
  readonly change: (site: string) => string;
}

async function nginx({ folder, port, target, change }: Place): Promise<[string, ...string[]]> {
  const site = change(await given("nginx.conf")).replace("127.0.0.1:8000", `127.0.0.1:${target}`);
  return await nginxCommand(site, { folder, port });
}

/** Writes the files of nginx without TLS; returns the command that starts it. */
async function nginxCommand(
  site: string,
  { folder, port }: Spot,
): Promise<[string, ...string[]]> {
  const other = freePort();
  const here = site
    .replace(/listen (\[::\]:)?443 ssl http2/g, `listen $1${port}`)
    .replace(/^ *ssl_certificate.*$/gm, "")
    .replace(/listen (\[::\]:)?80/g, `listen $1${other}`)
    .replaceAll("talk.example.org", "localhost");
  await Deno.writeTextFile(`${folder}/site.conf`, here);
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(" ");
  await Deno.writeTextFile(
    `${folder}/nginx.conf`,
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log;\n` +
      "worker_rlimit_nofile 16384; events { worker_connections 8192; }\n" +
      `http { access_log off; ${places} include ${folder}/site.conf; }\n`,
  );
  return ["nginx", "-p", folder, "-e", `${folder}/error.log`, "-c", `${folder}/nginx.conf`];
}

async function caddy({ folder, port, target, change }: Place): Promise<[string, ...string[]]> {
  const site = change(await given("Caddyfile"))
    .replaceAll("127.0.0.1:8000", `127.0.0.1:${target}`);
  return await caddyCommand(site, { folder, port });
}

/** Writes the file of Caddy without TLS; returns the command that starts it. */
async function caddyCommand(site: string, { folder, port }: Spot): Promise<[string, ...string[]]> {
  const here = `http://localhost:${port}, http://[::1]:${port} {`;
  const text = `{\n\tadmin off\n}\n${site.replace("talk.example.org {", here)}`;
  await Deno.writeTextFile(`${folder}/Caddyfile`, text);
  return ["caddy", "run", "--config", `${folder}/Caddyfile`, "--adapter", "caddyfile"];
}

/** Writes the file of HAProxy without TLS; returns the command that starts it. */
async function haproxyCommand(
  site: string,
  { folder, port }: Spot,
): Promise<[string, ...string[]]> {
  const text = site
    .replace(/^\tbind :::80 .*\n/m, "")
    .replace(/bind :::443 .*/, `bind :::${port} v4v6`)
    .replace(/^\thttp-request redirect .*\n/m, "")
    .replace("maxconn 100000", "maxconn 4000");
  await Deno.writeTextFile(`${folder}/haproxy.cfg`, text);
  return ["haproxy", "-db", "-f", `${folder}/haproxy.cfg`];
}
