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

/**
 * Starts nginx in front of the nodes of a cluster, with deploy/nginx.cluster.conf. `isByRoom`:
 * whether it brings the sockets of one room to one node, as that file does, or takes the nodes in
 * turns.
 */
export async function startBalancer(
  targets: readonly number[],
  { isByRoom = false } = {},
): Promise<Proxy> {
  const folder = await Deno.makeTempDir();
  const port = freePort();
  const servers = targets.map((target) =>
    `  server 127.0.0.1:${target} max_fails=1 fail_timeout=1s;`
  );
  const site = (await given("nginx.cluster.conf"))
    .replace(/(?:^ +server 10\..*\n)+/m, `${servers.join("\n")}\n`)
    .replace(isByRoom ? /$^/ : /^ +hash .*\n/m, "");
  const command = await nginxCommand(site, { folder, port });
  return await running("nginx", { command, folder, url: `http://localhost:${port}` });
}

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

interface Place {
  readonly folder: string;
  readonly port: number;
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
  { folder, port }: { folder: string; port: number },
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
    .replace("talk.example.org {", `http://localhost:${port}, http://[::1]:${port} {`)
    .replaceAll("127.0.0.1:8000", `127.0.0.1:${target}`);
  await Deno.writeTextFile(`${folder}/Caddyfile`, `{\n\tadmin off\n}\n${site}`);
  return ["caddy", "run", "--config", `${folder}/Caddyfile`, "--adapter", "caddyfile"];
}
