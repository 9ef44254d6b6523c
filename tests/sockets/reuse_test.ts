// Connections that carry pages and then become a socket: of a client itself, and of a proxy that
// keeps its connections to the server.

import { assert, assertEquals, assertMatch } from "../assert.ts";
import { type ProxyName, type RunningServer, startProxy, startServer } from "../rig/mod.ts";
import { clientFrame, joined } from "../server/websocket/client_frame.ts";
import { Client } from "./client.ts";

const portOf = ({ url }: RunningServer) => Number(new URL(url).port);
const bytesOf = (text: string) => new TextEncoder().encode(text);

const page = bytesOf("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

/** A handshake, and behind it two messages that the server answers. */
function socket({ origin = "http://127.0.0.1" } = {}): Uint8Array {
  const lines = [
    ...["GET /ws HTTP/1.1", "Host: 127.0.0.1", `Origin: ${origin}`],
    ...["Connection: keep-alive, Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"],
    ...["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", ""],
  ];
  const messages = [{ type: "join", room: "tea", name: "Ann" }, { type: "ping" }];
  const frames = messages.map((message) => clientFrame({ payload: JSON.stringify(message) }));
  return joined([bytesOf(lines.join("\r\n")), ...frames]);
}

/** A connection that a test writes to and reads from. */
class Line implements Disposable {
  readonly #connection: Deno.TcpConn;
  #read = "";

  constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  static async to(server: RunningServer): Promise<Line> {
    return new Line(await Deno.connect({ hostname: "127.0.0.1", port: portOf(server) }));
  }

  async write(bytes: Uint8Array): Promise<void> {
    for (let rest = bytes; rest.length > 0;) {
      rest = rest.subarray(await this.#connection.write(rest));
    }
  }

  /** Reads up to and with this text; returns what came. */
  async readTo(text: string): Promise<string> {
    const buffer = new Uint8Array(4_096);
    while (!this.#read.includes(text)) {
      const count = await this.#connection.read(buffer);
      assert(count !== null, `the end, after ${this.#read}`);
      this.#read += new TextDecoder("latin1").decode(buffer.subarray(0, count));
    }
    const end = this.#read.indexOf(text) + text.length;
    const before = this.#read.slice(0, end);
    this.#read = this.#read.slice(end);
    return before;
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}

/** What the server answers to the handshake and to the messages. */
async function expectSocket(line: Line): Promise<void> {
  assertMatch(await line.readTo("\r\n\r\n"), /^HTTP\/1\.1 101 /);
  await line.readTo('"type":"welcome"');
  await line.readTo('"type":"tick"');
}

async function expectPage(line: Line): Promise<void> {
  assertMatch(await line.readTo("}"), /^HTTP\/1\.1 200 /);
}

Deno.test("messages that come in one piece with their handshake are read", async () => {
  await using server = await startServer();
  using line = await Line.to(server);
  await line.write(socket());
  await expectSocket(line);
});

Deno.test("a connection that has carried pages becomes a socket, with its messages", async () => {
  await using server = await startServer();
  using line = await Line.to(server);
  for (let pages = 0; pages < 3; pages++) {
    await line.write(page);
    await expectPage(line);
  }
  await line.write(socket());
  await expectSocket(line);
});

Deno.test("a page and a handshake that come in one piece are both answered", async () => {
  await using server = await startServer();
  using line = await Line.to(server);
  await line.write(joined([page, socket()]));
  await expectPage(line);
  await expectSocket(line);
});

Deno.test("a handshake that is refused after a page gets its status", async () => {
  await using server = await startServer();
  using line = await Line.to(server);
  await line.write(page);
  await expectPage(line);
  await line.write(socket({ origin: "http://evil.example" }));
  assertMatch(await line.readTo("--allow-origin"), /^HTTP\/1\.1 403 /);
});

/** The local ports of all connections of this machine to a port. */
async function connectionsTo(port: number): Promise<ReadonlySet<string>> {
  const table = await Deno.readTextFile("/proc/net/tcp");
  const there = `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return new Set(
    table.split("\n").flatMap((row) => {
      const [, local = "", remote, state] = row.trim().split(/\s+/);
      return remote === there && state === "01" ? [local] : [];
    }),
  );
}

/** deploy/nginx.conf does not keep connections to the server; many who write their own do. */
function keeping(site: string): string {
  return "upstream kept { server 127.0.0.1:8000; keepalive 4; }\n" +
    site.replace("proxy_pass http://127.0.0.1:8000;", "proxy_pass http://kept;");
}

for (const name of ["nginx", "caddy"] satisfies ProxyName[]) {
  Deno.test(`${name} opens a socket after pages, on a connection that it has kept or a new one`, async () => {
    const args = ["--trust-proxy", "loopback", "--allow-origin", "*"];
    await using server = await startServer({ args });
    const target = portOf(server);
    const change = name === "nginx" ? keeping : undefined;
    await using proxy = await startProxy(name, { target, ...change && { change } });
    for (let pages = 0; pages < 3; pages++) await (await fetch(`${proxy.url}/healthz`)).text();
    const before = await connectionsTo(target);
    const ann = new Client(`${proxy.url.replace("http", "ws")}/ws`);
    await ann.opened;
    const opened = [...await connectionsTo(target)].filter((port) => !before.has(port));
    // Caddy opens a new one for each socket.
    if (name === "nginx") assertEquals(opened, []);
    ann.say({ type: "join", room: "tea", name: "Ann" });
    await ann.hear("welcome");
    ann.say({ type: "chat", ref: "r1", text: "語".repeat(1_000) });
    await ann.hear("chat");
    assertEquals(await ann.leave(), 1000);
    assertEquals((await fetch(`${proxy.url}/healthz`).then((answer) => answer.json())).peers, 0);
  });
}
