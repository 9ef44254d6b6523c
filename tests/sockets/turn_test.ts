// The relay of the real server: who may use it, by which ways, and how it ends.

import parsePrometheus from "parse-prometheus-text-format";
import { assert, assertEquals } from "../assert.ts";
import { selfSigned } from "../../server/tls/self_signed.ts";
import { attributes, methods } from "../../server/turn/stun_message.ts";
import { UdpSocket } from "../../server/turn/udp_socket.ts";
import { type RunningServer, startServer, waitFor } from "../rig/mod.ts";
import { addressOf } from "../server/turn/relay_rig.ts";
import { Client } from "./client.ts";
import { withFolder } from "./folder.ts";
import { type Granted, RelayClient } from "./turn_client.ts";

const token = "a-token-that-nobody-guesses";

/** A server for clients of any origin, when it relays. */
async function startRelay(args: readonly string[] = []): Promise<RunningServer> {
  const server = await startServer({ args: ["--allow-origin", "*", ...args] });
  await waitFor(() => server.output.includes('"relaying"'), { what: "the relay" });
  return server;
}

/** A server with TLS whose certificate clients believe, and an admin token. */
interface Secured {
  readonly server: RunningServer;
  readonly port: number;
  readonly cert: string;
}

function withTls(run: (secured: Secured) => Promise<void>): Promise<void> {
  return withFolder(async (folder) => {
    const names = { names: ["localhost"], addresses: ["127.0.0.1"] };
    const { cert, key } = await selfSigned(undefined, () => names).read();
    await Deno.writeTextFile(`${folder}/cert.pem`, cert);
    await Deno.writeTextFile(`${folder}/key.pem`, key);
    await Deno.writeTextFile(`${folder}/token`, token);
    const tls = ["--tls-cert", `${folder}/cert.pem`, "--tls-key", `${folder}/key.pem`];
    await using server = await startRelay([...tls, "--admin-token-file", `${folder}/token`]);
    await run({ server, port: Number(new URL(server.url).port), cert });
  });
}

/** A person in a room, and what the page was given. */
class Member implements AsyncDisposable {
  readonly client: Client;
  readonly #http: Deno.HttpClient | undefined;

  constructor(
    { url }: RunningServer,
    { cert, headers = {} }: { cert?: string; headers?: Record<string, string> } = {},
  ) {
    this.#http = cert === undefined ? undefined : Deno.createHttpClient({ caCerts: [cert] });
    const more = { headers, ...this.#http && { client: this.#http } };
    this.client = new Client(`${url.replace("http", "ws")}/ws`, more);
  }

  /** Joins; returns what the welcome has of the relay. */
  async join(more: Record<string, unknown> = {}): Promise<{ urls: string[]; granted: Granted }> {
    await this.client.opened;
    this.client.say({ type: "join", room: "tea", name: "Ann", ...more });
    const servers: unknown = (await this.client.hear("welcome")).iceServers;
    assert(Array.isArray(servers));
    const [{ urls = [], username = "", credential: password = "" } = {}] = servers;
    return { urls, granted: { username, password } };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.leave();
    this.#http?.close();
  }
}

/** The UDP port in the addresses that a page was given. */
function udpPortIn(urls: readonly string[]): number {
  const [, port] = /^stun:localhost:(\d+)$/.exec(urls[0] ?? "") ?? [];
  assert(port, `a STUN server in ${urls.join()}`);
  return Number(port);
}

/** The value of a counter with this label value; "" for one without a label. */
async function counted({ server, cert }: Secured, name: string, label = ""): Promise<number> {
  using client = Deno.createHttpClient({ caCerts: [cert] });
  const headers = { authorization: `Bearer ${token}` };
  const text = await (await fetch(`${server.url}/metrics`, { client, headers })).text();
  const families: { name: string; metrics: { value: string; labels?: object }[] }[] =
    parsePrometheus(text);
  const metrics = families.find((family) => family.name === `parley_turn_${name}`)?.metrics ?? [];
  const found = metrics.find(({ labels = {} }) =>
    label === "" || Object.values(labels).includes(label)
  );
  return Number(found?.value ?? 0);
}

Deno.test("members are relayed over UDP, TCP and TLS, and what is relayed is counted", () =>
  withTls(async (secured) => {
    const { server, port, cert } = secured;
    await using member = new Member(server, { cert });
    const { urls, granted } = await member.join();
    const udpPort = udpPortIn(urls);
    assertEquals(urls, [
      `stun:localhost:${udpPort}`,
      `turn:localhost:${udpPort}?transport=udp`,
      `turn:localhost:${port}?transport=tcp`,
      `turns:localhost:${port}?transport=tcp`,
    ]);
    using other = RelayClient.overUdp(udpPort);
    const there = await other.relayed(granted);
    const ways = {
      udp: RelayClient.overUdp(udpPort),
      tcp: await RelayClient.overTcp(port),
      tls: await RelayClient.overTls(port, cert),
    };
    for (const [rung, way] of Object.entries(ways)) {
      using client = way;
      const seen = addressOf(await client.ask(methods.binding), attributes.xorMappedAddress);
      assertEquals(seen?.hostname, "127.0.0.1", rung);
      const here = await client.relayed(granted);
      assertEquals([await client.permit(there), await other.permit(here)], [undefined, undefined]);
      await client.sendTo(there, new TextEncoder().encode(`by ${rung}`));
      assertEquals(await other.hear(), `by ${rung}`);
      await other.sendTo(here, new TextEncoder().encode(`back by ${rung}`));
      assertEquals(await client.hear(), `back by ${rung}`);
    }
    await waitFor(async () => await counted(secured, "allocations_total") === 4, {
      what: "the count of the last second",
    });
    assertEquals(await counted(secured, "bytes_total", "tls"), "by tlsback by tls".length);
    assertEquals(await counted(secured, "joined_bytes_total"), 3 * "by xxxback by xxx".length);
    assertEquals(await counted(secured, "refusals_total", "401"), 4);
    // The connections of the ways have ended.
    await waitFor(async () => await counted(secured, "allocations") === 2, {
      what: "the allocations of closed streams to end",
    });
  }));

Deno.test("behind a proxy, pages find the relay at the host of their site and our own ports", async () => {
  await using server = await startRelay(["--trust-proxy", "loopback"]);
  const port = Number(new URL(server.url).port);
  const sites: [host: string, hostInUrls: string][] = [
    ["talk.example.org", "talk.example.org"],
    ["Talk.Example.org:8443", "talk.example.org"],
    ["192.0.2.1", "192.0.2.1"],
    ["[2001:DB8::1]:444", "[2001:db8::1]"],
  ];
  for (const [host, named] of sites) {
    const headers = { "x-forwarded-host": host, "x-forwarded-for": "203.0.113.9" };
    await using member = new Member(server, { headers });
    const { urls } = await member.join();
    const udpPort = urls[0]?.split(":").at(-1);
    assertEquals(urls, [
      `stun:${named}:${udpPort}`,
      `turn:${named}:${udpPort}?transport=udp`,
      `turn:${named}:${port}?transport=tcp`,
    ]);
  }
});

Deno.test("a port with TLS takes STUN without TLS, and nothing else without", () =>
  withTls(async ({ port }) => {
    using client = await RelayClient.overTcp(port);
    assertEquals((await client.ask(methods.binding)).kind, "success");
    for (const other of ["GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "\0\x01\0\0none of STUN"]) {
      using stranger = await Deno.connect({ hostname: "127.0.0.1", port });
      await stranger.write(new TextEncoder().encode(other));
      assertEquals(await stranger.read(new Uint8Array(1)), null, other);
    }
  }));

Deno.test("what a peer allocated ends when it leaves, and its credentials count no longer", async () => {
  await using server = await startRelay();
  const port = Number(new URL(server.url).port);
  await using ann = new Member(server);
  const { urls, granted } = await ann.join();
  using byTcp = await RelayClient.overTcp(port);
  using byUdp = RelayClient.overUdp(udpPortIn(urls));
  await byTcp.relayed(granted);
  await byUdp.relayed(granted);
  ann.client.say({ type: "leave" });
  assertEquals(await byTcp.next(), undefined, "the connection is closed");
  // 437: there is no allocation (RFC 8656, section 10.2); 401: nobody has this name.
  const peer = { hostname: "9.9.9.9", port: 9 };
  await waitFor(async () => [401, 437].includes(await byUdp.permit(peer) ?? 0), {
    what: "the allocation to end",
  });
  using again = RelayClient.overUdp(udpPortIn(urls));
  assertEquals(await again.allocate(granted), 401);
  // Who joins again on the same socket is the same peer.
  const heard = ann.client.heard.length;
  ann.client.say({ type: "join", room: "tea", name: "Ann" });
  await ann.client.hear("welcome", heard);
  await waitFor(async () => typeof await again.allocate(granted) !== "number", {
    what: "the peer to be admitted again",
  });
});

Deno.test("a peer whose socket is lost is relayed on, and comes back with new credentials", async () => {
  await using server = await startRelay();
  const first = new Member(server);
  const { urls, granted } = await first.join();
  const { resumeToken: resume } = await first.client.hear("welcome");
  using relay = RelayClient.overUdp(udpPortIn(urls));
  const relayed = await relay.relayed(granted);
  // A close without a code is a loss.
  first.client.socket.close();
  await first.client.closed;
  assertEquals(await relay.permit(relayed), undefined, "while it is away");
  await using second = new Member(server);
  const { granted: newer } = await second.join({ resume });
  assertEquals(newer.username.split(":")[1], granted.username.split(":")[1], "the same peer");
  assertEquals(await relay.permit(relayed), undefined, "after it came back");
  using other = RelayClient.overUdp(udpPortIn(urls));
  await other.relayed(newer);
});

/** A program on this machine that sends back what it gets. */
function echo(): UdpSocket {
  const socket = new UdpSocket({ hostname: "127.0.0.1", port: 0 }, () => {});
  void socket.receiveAll(({ bytes }, from) => socket.send(bytes, from));
  return socket;
}

Deno.test("a member is relayed to internal addresses as far as the settings allow it", async () => {
  const range = ["--turn-ports", "50000-50999"];
  await using server = await startRelay([...range, "--turn-allow-peers", "private,127.0.0.1"]);
  await using member = new Member(server);
  const { urls, granted } = await member.join();
  using client = RelayClient.overUdp(udpPortIn(urls));
  const { port } = await client.relayed(granted);
  assert(port >= 50_000 && port <= 50_999, `${port}`);
  const codeFor = (hostname: string) => client.permit({ hostname, port: 9 });
  // Clouds have the secrets of their machines at 169.254.169.254.
  for (const hostname of ["127.0.0.2", "169.254.169.254", "0.0.0.0", "100.64.0.1"]) {
    assertEquals(await codeFor(hostname), 403, hostname);
  }
  for (const hostname of ["127.0.0.1", "10.1.2.3", "192.168.1.1", "9.9.9.9"]) {
    assertEquals(await codeFor(hostname), undefined, hostname);
  }
  const peer = echo();
  await client.sendTo(
    { hostname: "127.0.0.1", port: peer.port },
    new TextEncoder().encode("there"),
  );
  assertEquals(await client.hear(), "there");
  peer.close();
});

Deno.test("a relay without ports reaches other members, and nobody else", async () => {
  const peers = ["--turn-allow-peers", "loopback"];
  await using server = await startRelay(["--turn-ports", "none", ...peers]);
  await using member = new Member(server);
  const { urls, granted } = await member.join();
  using client = RelayClient.overUdp(udpPortIn(urls));
  using other = RelayClient.overUdp(udpPortIn(urls));
  const here = await client.relayed(granted);
  const there = await other.relayed(granted);
  await client.permit(there);
  await other.permit(here);
  const peer = echo();
  const outside = { hostname: "127.0.0.1", port: peer.port };
  await client.permit(outside);
  await client.sendTo(outside, new TextEncoder().encode("out"));
  await other.sendTo(here, new TextEncoder().encode("within"));
  assertEquals(await client.hear(), "within");
  for (let count = 0; count < 5; count++) {
    const next = await client.ask(methods.binding);
    assertEquals(next.kind, "success", "nothing comes back from outside");
  }
  peer.close();
});

Deno.test("without a relay no port of UDP is open, and pages are given none", async () => {
  await using server = await startServer({ args: ["--allow-origin", "*", "--no-turn"] });
  const port = Number(new URL(server.url).port);
  await using member = new Member(server);
  assertEquals((await member.join()).urls, []);
  new UdpSocket({ hostname: "::", port }, () => {}).close();
  using client = await RelayClient.overTcp(port);
  await client.send(new Uint8Array([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42]));
  assertEquals(await client.next(), undefined, "the connection is closed");
});

Deno.test("while another program has the UDP port, people are relayed over TCP", async () => {
  const taken = new UdpSocket({ hostname: "::", port: 0 }, () => {});
  const udpPort = taken.port;
  await using server = await startServer({
    args: ["--allow-origin", "*", "--turn-port", String(udpPort)],
  });
  const port = Number(new URL(server.url).port);
  await waitFor(() => server.output.includes("cannot open the UDP port"), { what: "the warning" });
  await using ann = new Member(server);
  const { urls, granted } = await ann.join();
  assertEquals(urls, [`turn:localhost:${port}?transport=tcp`]);
  using byTcp = await RelayClient.overTcp(port);
  await byTcp.relayed(granted);
  taken.close();
  await waitFor(() => server.output.includes("relaying"), { what: "the port to be opened" });
  await using bob = new Member(server);
  assertEquals(udpPortIn((await bob.join()).urls), udpPort);
  using byUdp = RelayClient.overUdp(udpPort);
  await byUdp.relayed(granted);
});

Deno.test("a stop ends relayed streams and the process, with 0", async () => {
  const server = await startRelay();
  const member = new Member(server);
  const { granted } = await member.join();
  using relay = await RelayClient.overTcp(Number(new URL(server.url).port));
  await relay.relayed(granted);
  assertEquals((await server.stop()).code, 0);
  assertEquals(await relay.next(), undefined);
  assertEquals(await member.client.closed, 1012);
});
