// What a server does that owns its sockets: faults and floods below HTTP, on the real server.

import { assert, assertEquals, assertLessOrEqual } from "../assert.ts";
import { type RunningServer, startServer, waitFor } from "../rig/mod.ts";
import { Client } from "./client.ts";
import { RawSocket } from "./raw_socket.ts";

const encoder = new TextEncoder();
const portOf = ({ url }: RunningServer) => Number(new URL(url).port);

/** Resident memory of the server, bytes. */
async function memoryOf({ child }: RunningServer): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${child.pid}/status`);
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
}

async function joined(port: number, name: string): Promise<RawSocket> {
  const socket = await RawSocket.open(port);
  await socket.say({ type: "join", room: "door", name });
  await socket.hear("welcome");
  return socket;
}

Deno.test("fragments without an end are refused at the limit, and cost no memory", async () => {
  await using server = await startServer();
  const port = portOf(server);
  const attack = async () => {
    using socket = await RawSocket.open(port);
    const part = encoder.encode("*".repeat(60_000));
    const sending = (async () => {
      await socket.frame(part, { first: 0x01 });
      for (let count = 0; count < 1_500; count++) await socket.frame(part, { first: 0x00 });
    })().catch(() => {});
    const code = await socket.closed();
    socket.tear();
    await sending;
    return code;
  };
  assertEquals(await attack(), 1009);
  const before = await memoryOf(server);
  for (let round = 0; round < 20; round++) assertEquals(await attack(), 1009);
  // 20 × 90 MB were offered.
  assertLessOrEqual(await memoryOf(server), before + 20 * 2 ** 20);
});

Deno.test("a client that floods sees why it was closed", async () => {
  await using server = await startServer();
  using flooder = await joined(portOf(server), "Ann");
  let isOpen = true;
  const flood = (async () => {
    while (isOpen) await flooder.say({ type: "chat", ref: crypto.randomUUID(), text: "more" });
  })().catch(() => {});
  assertEquals(await flooder.closed(), 4009);
  isOpen = false;
  flooder.tear();
  await flood;
});

/** Lets the server have so many descriptors and no more. */
async function limitDescriptors({ child }: RunningServer, most: number): Promise<void> {
  const { success, stderr } = await new Deno.Command("prlimit", {
    args: ["--pid", String(child.pid), `--nofile=${most}:${most}`],
  }).output();
  assert(success, new TextDecoder().decode(stderr));
}

/** What clients that use up all descriptors have sent. */
const openings: Readonly<Record<string, string>> = {
  "nothing": "",
  "half a head": "GET / HTTP/1.1\r\nHost: x\r\n",
  // These need descriptors of the server behind the door, too.
  "a whole request": "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
};

for (const [name, opening] of Object.entries(openings)) {
  Deno.test(`a server whose clients hold all descriptors after ${name} serves again when they go`, async () => {
    await using server = await startServer();
    const port = portOf(server);
    const ann = await joined(port, "Ann");
    await limitDescriptors(server, 200);
    const idle = await Promise.all(Array.from({ length: 400 }, () => RawSocket.connect(port)));
    await Promise.all(idle.map((socket) => socket.write(encoder.encode(opening)).catch(() => {})));
    // Those inside are not disturbed meanwhile.
    await ann.say({ type: "chat", ref: "1", text: "still here" });
    await ann.hear("chat");
    for (const socket of idle) socket.tear();
    await waitFor(async () => {
      const response = await fetch(`${server.url}/healthz`);
      return (await response.json()).status === "ok";
    }, { what: "an answer" });
    using late = await joined(port, "Bob");
    assert(late);
    ann.tear();
  });
}

Deno.test("a member who stops reading is gone for the others, and gives the memory back", async () => {
  await using server = await startServer({ args: ["--allow-origin", "*"] });
  const port = portOf(server);
  const ann = new Client(`ws://127.0.0.1:${port}/ws`);
  await ann.opened;
  ann.say({ type: "join", room: "door", name: "Ann" });
  await ann.hear("welcome");
  using stalled = await joined(port, "Stalled");
  const { peerId } = await ann.hear("peer-joined").then(({ peer }) => Object(peer));
  // Signals are as large as an SDP may be; nobody reads them.
  const sdp = "*".repeat(30_000);
  const feeding = setInterval(() => {
    for (let count = 0; count < 5; count++) {
      const signal = { kind: "description", description: { type: "offer", sdp } };
      ann.say({ type: "signal", to: peerId, signal });
    }
  }, 50);
  try {
    await ann.hear("peer-left");
  } finally {
    clearInterval(feeding);
  }
  ann.socket.close();
  stalled.tear();
  await waitFor(async () => {
    const health = await fetch(`${server.url}/healthz`).then((response) => response.json());
    return health.sockets === 0;
  }, { what: "no sockets" });
});

Deno.test("a connection that was used for a page can become a socket", async () => {
  await using server = await startServer();
  const port = portOf(server);
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const host = `127.0.0.1:${port}`;
  const ask = (lines: string[]) =>
    connection.write(encoder.encode([...lines, `Host: ${host}`, "", ""].join("\r\n")));
  const read = async (end: string) => {
    let text = "";
    const buffer = new Uint8Array(4_096);
    while (!text.includes(end)) {
      const count = await connection.read(buffer);
      assert(count !== null, text);
      text += new TextDecoder().decode(buffer.subarray(0, count));
    }
    return text;
  };
  await ask(["GET /healthz HTTP/1.1"]);
  assert((await read("}")).startsWith("HTTP/1.1 200"));
  await ask([
    "GET /ws HTTP/1.1",
    `Origin: http://${host}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ]);
  assert((await read("\r\n\r\n")).startsWith("HTTP/1.1 101"));
});

Deno.test("no header and no target changes where a request comes from, or its scheme", async () => {
  await using server = await startServer();
  const port = portOf(server);
  const host = `127.0.0.1:${port}`;
  const seen = async (target: string, ...headers: string[]) => {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port });
    const lines = [`GET ${target} HTTP/1.1`, `Host: ${host}`, "Connection: close", ...headers];
    await connection.write(encoder.encode([...lines, "", ""].join("\r\n")));
    const text = await new Response(connection.readable).text();
    return JSON.parse(/\{.*\}/.exec(text)?.[0] ?? "null");
  };
  const plain = { host, secure: false, direct: true };
  assertEquals(await seen("/seen"), plain);
  assertEquals(await seen(`http://${host}/seen`), plain);
  assertEquals(await seen(`https://${host}/seen`), plain);
  const forged = ["X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https", "X-Forwarded-Host: x"];
  const forwarded = 'Forwarded: for=192.0.2.1;proto=https;host="x"';
  assertEquals(await seen("/seen", ...forged, forwarded), plain);
});

Deno.test("the port that redirects to https opens no socket", async () => {
  await using server = await startServer({ args: ["--tls-self-signed", "--redirect-port", "0"] });
  const port = await waitFor(() => /"redirectPort":(\d+)/.exec(server.output)?.[1], {
    what: "the port in the log",
  });
  using socket = await RawSocket.ask(Number(port));
  assertEquals(socket.status, 426);
});
