// Parley behind nginx and Caddy as deploy/ sets them up.

import { assert, assertEquals } from "../assert.ts";
import { type ProxyName, type RunningServer, startProxy, startServer } from "../rig/mod.ts";
import { Client } from "./client.ts";

const behind = ["--trust-proxy", "loopback", "--allow-origin", "*", "--admin-token-file"];
const token = "a-token-that-nobody-guesses";

async function withServer(run: (server: RunningServer) => Promise<void>): Promise<void> {
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, token);
  try {
    await using server = await startServer({ args: [...behind, file] });
    await run(server);
  } finally {
    await Deno.remove(file);
  }
}

async function open(url: string): Promise<Client> {
  const client = new Client(`${url.replace("http", "ws")}/ws`);
  await client.opened;
  return client;
}

for (const name of ["nginx", "caddy"] satisfies ProxyName[]) {
  Deno.test(`behind ${name}: pages with their headers, and two people who write to each other`, () =>
    withServer(async (server) => {
      await using proxy = await startProxy(name, { target: Number(new URL(server.url).port) });
      const page = await fetch(`${proxy.url}/r/tea`);
      assertEquals(page.status, 200);
      assert((await page.text()).includes("tea"));
      assert(page.headers.get("content-security-policy")?.includes("default-src 'none'"));
      assertEquals(page.headers.get("x-content-type-options"), "nosniff");
      const ann = await open(proxy.url);
      ann.say({ type: "join", room: "tea", name: "Ann" });
      await ann.hear("welcome");
      const bob = await open(proxy.url);
      bob.say({ type: "join", room: "tea", name: "Bob" });
      await bob.hear("welcome");
      bob.say({ type: "chat", ref: "r1", text: "through the proxy" });
      await ann.hear("chat");
      await Promise.all([ann.leave(), bob.leave()]);
    }));

  Deno.test(`behind ${name}: the client's address is the proxy's word, not the client's`, () =>
    withServer(async (server) => {
      await using proxy = await startProxy(name, { target: Number(new URL(server.url).port) });
      // All wrong tokens of a client count against its real address, whatever headers it sends.
      const guess = async (n: number) => {
        const answer = await fetch(`${proxy.url}/metrics`, {
          headers: { authorization: `Bearer wrong-${n}`, "x-forwarded-for": `198.51.100.${n}` },
        });
        await answer.body?.cancel();
        return answer.status;
      };
      const statuses: number[] = [];
      while (!statuses.includes(429) && statuses.length < 20) {
        statuses.push(await guess(statuses.length));
      }
      assertEquals(statuses.at(-1), 429);
    }));
}

/** Wrong tokens until there are too many of one address; undefined: never. */
async function guesses(
  url: string,
  headers: Record<string, string> = {},
): Promise<number | undefined> {
  for (let count = 1; count < 20; count++) {
    const answer = await fetch(`${url}/metrics`, {
      headers: { authorization: `Bearer wrong-${count}`, ...headers },
    });
    await answer.body?.cancel();
    if (answer.status === 429) return count;
  }
}

/** What a page of `origin` is answered when it opens a socket with this Host header. */
async function handshake(
  url: string,
  { host, origin }: { host: string; origin: string },
): Promise<string> {
  const { hostname, port } = new URL(url);
  const name = hostname.replace(/^\[|\]$/g, "");
  using connection = await Deno.connect({ hostname: name, port: Number(port) });
  const lines = [
    ...["GET /ws HTTP/1.1", `Host: ${host}`, `Origin: ${origin}`, "Connection: Upgrade"],
    ...["Upgrade: websocket", "Sec-WebSocket-Version: 13"],
    ...["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", ""],
  ];
  await connection.write(new TextEncoder().encode(lines.join("\r\n")));
  const bytes = new Uint8Array(1024);
  const count = await connection.read(bytes) ?? 0;
  return new TextDecoder().decode(bytes.subarray(0, count)).split(" ")[1] ?? "";
}

/** Other common ways to pass the host on, each in place of the lines of deploy/nginx.conf. */
const hostLines = {
  "Host $host:$server_port": (port: string) => `proxy_set_header Host $host:${port};`,
  "Host $http_host": () => "proxy_set_header Host $http_host;",
  "X-Forwarded-Host $host:443": (port: string) =>
    `proxy_set_header Host inside; proxy_set_header X-Forwarded-Host $host:${port};`,
  "Forwarded": (port: string) =>
    "proxy_set_header Host inside; proxy_set_header Forwarded " +
    `'for="$remote_addr:1234";proto=https;host="$host:${port}"';`,
} as const;

for (const [about, line] of Object.entries(hostLines)) {
  Deno.test(`behind nginx with ${about} a page may open its socket, with and without TLS before it`, async () => {
    await using server = await startServer({ args: ["--trust-proxy", "loopback"] });
    const target = Number(new URL(server.url).port);
    for (const [scheme, port] of [["https", "443"], ["http", "80"]] as const) {
      await using proxy = await startProxy("nginx", {
        target,
        change: (site) =>
          site.replace("proxy_set_header Host $host;", line(port))
            .replace("proxy_set_header X-Forwarded-Host $http_host;", "")
            .replace("proxy_set_header X-Forwarded-For $remote_addr;", "")
            .replace("proxy_set_header X-Forwarded-Proto $scheme;", ""),
      });
      const origin = `${scheme}://talk.example.org`;
      assertEquals(await handshake(proxy.url, { host: "Talk.Example.org", origin }), "101");
      const evil = { host: "talk.example.org", origin: `${scheme}://evil.example` };
      assertEquals(await handshake(proxy.url, evil), "403");
    }
  });
}

const addressLines: Record<string, string> = {
  "X-Forwarded-For with a port": "proxy_set_header X-Forwarded-For $http_x_test:5678;",
  "X-Forwarded-For of IPv6 with a port":
    'proxy_set_header X-Forwarded-For "[2001:db8::$http_x_test]:443";',
  "X-Forwarded-For that is added to": "proxy_set_header X-Forwarded-For '6.6.6.6, $http_x_test';",
  "Forwarded":
    `proxy_set_header X-Forwarded-For ""; proxy_set_header Forwarded 'for="$http_x_test:4711"';`,
  "Forwarded with a hidden name":
    `proxy_set_header X-Forwarded-For ""; proxy_set_header Forwarded "for=_$http_x_test";`,
};

for (const [about, line] of Object.entries(addressLines)) {
  Deno.test(`behind nginx with ${about} wrong tokens of one person lock nobody else out`, () =>
    withServer(async (server) => {
      const ipv6 = about.includes("IPv6");
      await using proxy = await startProxy("nginx", {
        target: Number(new URL(server.url).port),
        change: (site) => site.replace("proxy_set_header X-Forwarded-For $remote_addr;", line),
      });
      // One /64 is one person, so IPv6 clients differ before it.
      const [one, other] = ipv6 ? ["1:1:1:1:1", "2:1:1:1:1"] : ["203.0.113.5", "203.0.113.6"];
      const first = await guesses(proxy.url, { "x-test": one });
      assert(first !== undefined, "the guesses of this client are counted");
      const answer = await fetch(`${proxy.url}/metrics`, {
        headers: { authorization: `Bearer ${token}`, "x-test": other },
      });
      await answer.body?.cancel();
      assertEquals(answer.status, 200, "another person's token is looked at");
    }));
}

for (const name of ["nginx", "caddy"] satisfies ProxyName[]) {
  Deno.test(`${name} as deploy/ sets it up listens on IPv6 too`, () =>
    withServer(async (server) => {
      await using proxy = await startProxy(name, {
        target: Number(new URL(server.url).port),
        address: "[::1]",
      });
      const { host, origin } = new URL(proxy.url);
      assertEquals(await handshake(proxy.url, { host, origin }), "101");
      const seen = await (await fetch(`${proxy.url}/seen`)).json();
      assertEquals([seen.host, seen.secure], [host, false]);
    }));
}
