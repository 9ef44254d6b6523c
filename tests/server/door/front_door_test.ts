// The front door over real connections, with raw clients and fetch.

import { writeWhole } from "../../../server/door/streams.ts";
import { assert, assertEquals, assertMatch, fail } from "../../assert.ts";
import { waitFor } from "../../rig/wait_for.ts";
import { bytesOf, connect, house, readToEnd } from "./house.ts";

/** A listener whose connections seem to come from these addresses, in order. */
function listenerFor(addresses: string[]): Deno.TcpListener {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accept = listener.accept.bind(listener);
  listener.accept = async () => {
    const connection = await accept();
    const hostname = addresses.shift() ?? fail("more connections than addresses");
    const remoteAddr = { ...connection.remoteAddr, hostname };
    return Object.defineProperty(connection, "remoteAddr", { value: remoteAddr });
  };
  return listener;
}

Deno.test("a request comes with the client's own address, and its body", async () => {
  await using it = house();
  using client = await connect(it);
  const body = "*".repeat(100_000);
  await writeWhole(
    client,
    bytesOf(
      `POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`,
    ),
  );
  await writeWhole(client, bytesOf(body));
  const answer = await readToEnd(client);
  assertMatch(answer, /^HTTP\/1\.1 200/);
  assertMatch(
    answer,
    new RegExp(`"from":"127.0.0.1","port":${client.localAddr.port},"secure":false`),
  );
  assertEquals(it.asked, [`POST /a ${body}`]);
});

Deno.test("a connection carries several requests, split anywhere", async () => {
  await using it = house();
  using client = await connect(it);
  client.setNoDelay();
  const requests = bytesOf(
    "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
  );
  for (const byte of requests) await client.write(new Uint8Array([byte]));
  assertEquals((await readToEnd(client)).match(/HTTP\/1\.1 200/g)?.length, 2);
  assertEquals(it.asked, ["GET /1 ", "GET /2 "]);
});

Deno.test("a socket is opened, by Deno's client too, and a refusal is a whole response", async () => {
  await using it = house();
  const socket = new WebSocket(`ws://127.0.0.1:${it.port}/ws`, ["parley.1"]);
  const echo = await new Promise<string>((resolve, reject) => {
    socket.onopen = () => socket.send("Hello");
    socket.onmessage = ({ data }) => resolve(`${socket.protocol} ${data}`);
    socket.onerror = () => reject(new Error("no socket"));
  });
  assertEquals(echo, "parley.1 Hello");
  const closed = new Promise<number>((resolve) => socket.onclose = ({ code }) => resolve(code));
  socket.close(4321);
  assertEquals(await closed, 4321);

  using client = await connect(it);
  await writeWhole(
    client,
    bytesOf(
      "GET /refused HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
    ),
  );
  assertMatch(await readToEnd(client), /^HTTP\/1\.1 403 Forbidden\r\n[^]*\r\n\r\nno$/);
  assertEquals(it.asked, []);
});

Deno.test("a head that is too long or too slow ends the connection", async () => {
  await using it = house({ headMs: 300 });
  using long = await connect(it);
  await writeWhole(long, bytesOf(`GET / HTTP/1.1\r\nX: ${"*".repeat(16_384)}`));
  assertMatch(await readToEnd(long), /^HTTP\/1\.1 431 /);
  using slow = await connect(it);
  await writeWhole(slow, bytesOf("GET / HTTP/1.1\r\nHost: x\r\n"));
  using silent = await connect(it);
  assertEquals(await Promise.all([readToEnd(slow), readToEnd(silent)]), ["", ""]);
  assertEquals(it.asked, []);
});

Deno.test("bytes that are no request end their connection only", async () => {
  await using it = house({ headMs: 300 });
  const openings = [
    new Uint8Array([0x16, 3, 1, 2, 0]),
    new Uint8Array([0, 1, 0, 0]),
    bytesOf("\r\n\r\n\r\n\r\n"),
    bytesOf("NONSENSE\r\n\r\n"),
    bytesOf("GET / HTTP/1.1\r\nHost: a b\r\nUpgrade: websocket\r\n\r\n"),
    bytesOf("GET http:// HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n"),
  ];
  for (const bytes of openings) {
    using client = await connect(it);
    await writeWhole(client, bytes);
    assertMatch(await readToEnd(client).catch(() => ""), /^(HTTP\/1\.[01] 4\d\d [^]*)?$/);
  }
  assertEquals(
    (await fetch(`${it.url}/after`).then((response) => response.json())).from,
    "127.0.0.1",
  );
});

Deno.test("an address has so many connections at once, and gets the places back", async () => {
  await using it = house({ most: 3 });
  const clients = await Promise.all([1, 2, 3].map(() => connect(it)));
  // The places are taken once the server has accepted.
  await waitFor(async () => {
    using one = await connect(it);
    const request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    const answer = await writeWhole(one, bytesOf(request)).then(() => readToEnd(one)).catch(() =>
      ""
    );
    return answer === "";
  }, { what: "a refusal" });
  for (const client of clients) client.close();
  await waitFor(async () => {
    using one = await connect(it);
    const request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    const answer = await writeWhole(one, bytesOf(request)).then(() => readToEnd(one)).catch(() =>
      ""
    );
    return answer.startsWith("HTTP/1.1 200");
  }, { what: "a place" });
});

Deno.test("all addresses of an IPv6 network share the places of one", async () => {
  const one = ["2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:1:ffff:ffff:ffff:ffff"];
  const addresses = [...one, "2001:db8:0:2::1", "192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1"];
  const expected = [true, true, false, true, true, true, false];
  await using it = house({ most: 2, listener: listenerFor(addresses) });
  const clients: Deno.Conn[] = [];
  for (const isServed of expected) {
    const client = await connect(it);
    clients.push(client);
    const buffer = new Uint8Array(1_024);
    const answer = await writeWhole(client, bytesOf("GET / HTTP/1.1\r\nHost: x\r\n\r\n"))
      .then(() => client.read(buffer)).catch(() => null);
    assertEquals(answer !== null, isServed, `connection ${clients.length}`);
  }
  for (const client of clients) client.close();
});

Deno.test("a connection that carries nothing for long is closed", async () => {
  await using it = house({ idleMs: 300 });
  using client = await connect(it);
  await writeWhole(client, bytesOf("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
  assertMatch(await readToEnd(client), /^HTTP\/1\.1 200/);
});

Deno.test("nobody else on this machine gets past the door", async () => {
  await using it = house();
  const own = new Set(await listeningPorts());
  const inner = [...own].filter((port) => port !== it.port);
  const answers = await Promise.all(
    inner.map((port) =>
      fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2_000) })
        .then(async (response) => `${response.status} ${await response.text()}`, () => "")
    ),
  );
  assert(answers.includes("403 this port is for the server itself"));
  assertEquals(it.asked, []);
});

/** Ports of this machine that listen on 127.0.0.1. */
async function listeningPorts(): Promise<number[]> {
  const table = await Deno.readTextFile("/proc/net/tcp");
  return table.split("\n").flatMap((line) => {
    const [, port, state] = /^\s*\d+: 0100007F:([0-9A-F]{4}) \S+ (\S\S)/.exec(line) ?? [];
    return port !== undefined && state === "0A" ? [parseInt(port, 16)] : [];
  });
}
