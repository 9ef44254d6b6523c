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

/** Starts one in front of the server on `target` (a port). */
export async function startProxy(name: ProxyName, target: number): Promise<Proxy> {
  const folder = await Deno.makeTempDir();
  const port = freePort();
  const [program, ...args] = name === "nginx"
    ? await nginx({ folder, port, target })
    : await caddy({ folder, port, target });
  const child = new Deno.Command(program, {
    args,
    env: { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const url = `http://localhost:${port}`;
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
}

async function nginx({ folder, port, target }: Place): Promise<[string, ...string[]]> {
  const other = freePort();
  const site = (await given("nginx.conf"))
    .replace(/listen (\[::\]:)?443 ssl http2/g, `listen $1${port}`)
    .replace(/^ *ssl_certificate.*$/gm, "")
    .replace(/listen (\[::\]:)?80/g, `listen $1${other}`)
    .replaceAll("talk.example.org", "localhost")
    .replace("127.0.0.1:8000", `127.0.0.1:${target}`);
  await Deno.writeTextFile(`${folder}/site.conf`, site);
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(" ");
  await Deno.writeTextFile(
    `${folder}/nginx.conf`,
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {}\n` +
      `http { access_log off; ${places} include ${folder}/site.conf; }\n`,
  );
  return ["nginx", "-p", folder, "-e", `${folder}/error.log`, "-c", `${folder}/nginx.conf`];
}

async function caddy({ folder, port, target }: Place): Promise<[string, ...string[]]> {
  const site = (await given("Caddyfile"))
    .replace("talk.example.org {", `http://localhost:${port} {`)
    .replaceAll("127.0.0.1:8000", `127.0.0.1:${target}`);
  await Deno.writeTextFile(`${folder}/Caddyfile`, `{\n\tadmin off\n}\n${site}`);
  return ["caddy", "run", "--config", `${folder}/Caddyfile`, "--adapter", "caddyfile"];
}
