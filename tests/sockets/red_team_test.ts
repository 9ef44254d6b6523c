// What somebody tries who means harm and speaks neither HTTP nor WebSocket as agreed: on bare TCP.

import { assert, assertEquals } from "../assert.ts";
import { limits, serverLimits } from "../../protocol/mod.ts";
import { startServer } from "../rig/mod.ts";
import { at, Client, text } from "./client.ts";
import { RawSocket } from "./raw_socket.ts";
import { SignallingServer, transport } from "./signalling_server.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const ping = encoder.encode('{"type":"ping"}');

async function member(server: SignallingServer, room: string): Promise<Client> {
  const client = await server.connect();
  client.say({ type: "join", room, name: "Ann" });
  await client.hear("welcome");
  return client;
}

/**
 * Sends bytes over a connection of their own; returns the first line of the answer, "" for none.
 * `last`: nothing follows, so that the server does not wait for the rest.
 */
async function exchange(port: number, request: string, { last = false } = {}): Promise<string> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const answer = new Uint8Array(512);
  try {
    const bytes = encoder.encode(request);
    for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
    if (last) await connection.closeWrite();
    const read = await connection.read(answer) ?? 0;
    return decoder.decode(answer.subarray(0, read)).split("\r\n")[0] ?? "";
  } catch {
    return "";
  } finally {
    connection.close();
  }
}

/** What breaks RFC 6455, and the close code that our own transport answers with. */
const brokenFrames: Record<string, [number, (socket: RawSocket) => Promise<void>]> = {
  "a reserved bit": [1002, (socket) => socket.frame(ping, { first: 0xc1 })],
  "another reserved bit": [1002, (socket) => socket.frame(ping, { first: 0x91 })],
  "an opcode nobody has defined": [1002, (socket) => socket.frame(ping, { first: 0x83 })],
  "a control opcode nobody has defined": [1002, (socket) => socket.frame(ping, { first: 0x8b })],
  "a ping of 126 bytes": [1002, (socket) => socket.frame(new Uint8Array(126), { first: 0x89 })],
  "half a ping": [1002, (socket) => socket.frame(new Uint8Array(1), { first: 0x09 })],
  "the rest of nothing": [1002, (socket) => socket.frame(ping, { first: 0x80 })],
  "a text within a text": [1002, async (socket) => {
    await socket.frame(ping, { first: 0x01 });
    await socket.frame(ping);
  }],
  "a length of 2 GiB": [1009, (socket) => socket.frame(ping, { length: 0x7fffffff })],
  "what is not UTF-8": [1007, (socket) => socket.frame(new Uint8Array([0xff, 0xfe]))],
  "half a close code": [1002, (socket) => socket.frame(new Uint8Array([3]), { first: 0x88 })],
  "a close code nobody may send": [
    1002,
    (socket) => socket.frame(new Uint8Array([3, 0xed]), { first: 0x88 }),
  ],
  "70,000 bytes": [1009, (socket) => socket.frame(new Uint8Array(70_000).fill(32))],
};

Deno.test("frames that break RFC 6455 end their own connection and nobody else's", async () => {
  await using server = new SignallingServer();
  const ann = await member(server, "tea");
  for (const [what, [expected, send]] of Object.entries(brokenFrames)) {
    using socket = await RawSocket.open(server.port);
    await send(socket);
    const code = await socket.closed();
    // Deno resets some of them, and answers others with another code.
    const codes = transport === "own" ? [expected] : [1002, 1006, 1007, 1009];
    assert(codes.includes(code), `${what}: ${code}`);
  }
  assertEquals((await ann.allHeard()).map(({ type }) => type), ["welcome"]);
  assertEquals(server.parley.hub.counts().faults, 0);
});

Deno.test("a flood of pings is answered or ended, and costs the others nothing", async () => {
  await using server = new SignallingServer();
  const ann = await member(server, "tea");
  using below = await RawSocket.open(server.port);
  for (let n = 0; n < 3_000; n++) await below.frame(new Uint8Array(125), { first: 0x89 });
  const above = await server.connect();
  const most = limits.signalBurst + serverLimits.rateExcesses;
  for (let n = 0; n < 2 * most; n++) above.say({ type: "ping" });
  await above.closed;
  // How many answers arrive before the end is up to TCP; it may refill by a few while they are
  // asked for.
  const ticks = above.heard.filter(({ type }) => type === "tick").length;
  assert(ticks < 2 * most, `${ticks} answers`);
  assertEquals((await ann.allHeard()).map(({ type }) => type), ["welcome"]);
});

Deno.test("incomplete and malformed handshakes do not block others", async () => {
  await using server = new SignallingServer();
  using half = await RawSocket.connect(server.port);
  await half.write(encoder.encode("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: webso"));
  using silent = await RawSocket.connect(server.port);
  using noise = await RawSocket.connect(server.port);
  await noise.write(crypto.getRandomValues(new Uint8Array(1_000)));
  const refusals: [Record<string, string | undefined>, number][] = [
    [{ "Sec-WebSocket-Key": "short" }, 400],
    [{ "Sec-WebSocket-Key": undefined }, 400],
    [{ "Sec-WebSocket-Version": "8" }, 426],
    [{ Connection: "close" }, 426],
  ];
  for (const [changes, status] of refusals) {
    using socket = await RawSocket.ask(server.port, changes);
    assert([status, 400].includes(socket.status), JSON.stringify([changes, socket.status]));
  }
  await (await member(server, "tea")).allHeard();
  assert(silent.status === 0);
});

Deno.test("no spelling of another origin passes for this one", async () => {
  await using server = new SignallingServer({ allowOrigin: [] });
  const own = `127.0.0.1:${server.port}`;
  const cases: [Record<string, string | undefined>, number][] = [
    [{ Origin: `http://${own}` }, 101],
    [{ Origin: `http://${own}.evil.example` }, 403],
    [{ Origin: `http://evil.example/${own}` }, 403],
    [{ Origin: `http://evil.example?${own}` }, 403],
    [{ Origin: `http://${own}@evil.example` }, 403],
    [{ Origin: `http://${own}, http://evil.example` }, 403],
    [{ Origin: `http://evil.example, http://${own}` }, 403],
    [{ Origin: `http://127.0.0.1:${server.port + 1}` }, 403],
    [{ Origin: "http://127.0.0.1" }, 403],
    [{ Origin: own }, 403],
    [{ Origin: "" }, 403],
    [{ Origin: "null" }, 403],
    [{ Origin: "NULL" }, 403],
    [{ Origin: "file://" }, 403],
    [{ Origin: "*" }, 403],
    [{ Origin: undefined }, 403],
    // No proxy is trusted to name the host.
    [{ Origin: "http://evil.example", "X-Forwarded-Host": "evil.example" }, 403],
    [{ Origin: "http://evil.example", Forwarded: "host=evil.example" }, 403],
  ];
  for (const [changes, status] of cases) {
    using socket = await RawSocket.ask(server.port, changes);
    assertEquals(socket.status, status, JSON.stringify(changes));
  }
});

Deno.test("tokens that are forged, damaged or of another room open nothing", async () => {
  await using server = new SignallingServer();
  const ann = await member(server, "tea");
  const welcome = await ann.hear("welcome");
  const resume = text(welcome, "resumeToken");
  const ownerKey = text(await ann.hear("owner-key"), "key");
  await member(server, "coffee");
  const [payload = "", signature = ""] = resume.split(".");
  const forged = btoa(JSON.stringify({ room: "tea", founded: 1, expires: 9e15 }));
  const shown: Record<string, string>[] = [
    { ownerKey },
    { resume },
    { resume: ownerKey, ownerKey: resume, invite: ownerKey },
    { ownerKey: `${forged}.${signature}` },
    { ownerKey: `${forged}.` },
    { resume: `${payload}.${signature.split("").reverse().join("")}` },
    { resume: `${payload}.${signature}.${signature}` },
    { resume: "__proto__", ownerKey: "constructor", invite: "toString" },
  ];
  for (const tokens of shown) {
    const mallory = await server.connect();
    mallory.say({ type: "join", room: "coffee", name: "Mallory", ...tokens });
    const { peerId, resumed } = await mallory.hear("welcome");
    assert(peerId !== welcome.peerId || resumed === false, JSON.stringify(tokens));
    mallory.say({ type: "set-rules", locked: true });
    assertEquals(at(await mallory.hear("error"), "code"), "not-owner", JSON.stringify(tokens));
    await mallory.leave();
  }
  assertEquals((await ann.allHeard()).map(({ type }) => type), ["welcome"]);
});

Deno.test("names of JavaScript properties are valid rooms and refs", async () => {
  await using server = new SignallingServer();
  for (const room of ["__proto__", "constructor", "toString", "hasOwnProperty", "__default"]) {
    const [ann, bo] = [await member(server, room), await member(server, room)];
    ann.say({ type: "chat", ref: room, text: room });
    assertEquals(text(await bo.hear("chat"), "line", "text"), room);
    await Promise.all([ann.leave(), bo.leave()]);
  }
});

Deno.test("JSON with duplicate keys or deep nesting has one meaning or is refused", async () => {
  await using server = new SignallingServer();
  const ann = await member(server, "tea");
  const mallory = await server.connect();
  mallory.say('{"type":"leave","type":"join","room":"x","room":"tea","name":"\\u202e","name":"M"}');
  assertEquals(text(await ann.hear("peer-joined"), "peer", "name"), "M");
  const deep = `{"type":"chat","ref":"r","text":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
  for (const frame of [deep, '{"type":"chat","ref":"r","text":"a","text":["b"]}']) {
    const before = mallory.heard.length;
    mallory.say(frame);
    assertEquals(text(await mallory.hear("error", before), "code"), "bad-message");
  }
  assertEquals((await ann.allHeard()).map(({ type }) => type), ["welcome", "peer-joined"]);
});

Deno.test("invisible characters are removed from names, and are harmless in lines", async () => {
  await using server = new SignallingServer();
  const ann = await member(server, "tea");
  for (const name of ["a\u0000", "\ud800", "\u202egnp.exe", "a\nb", "\u2066x", "\u007f", " "]) {
    const mallory = await server.connect();
    mallory.say({ type: "join", room: "tea", name });
    assertEquals(text(await mallory.hear("error"), "code"), "bad-message", JSON.stringify(name));
    await mallory.leave();
  }
  ann.say({ type: "chat", ref: "r", text: "a\ud800" });
  assertEquals(text(await ann.hear("error"), "code"), "bad-message");
  for (const [n, letter] of ["\u0000", "\u202e", "\r\n"].entries()) {
    const before = ann.heard.length;
    ann.say({ type: "chat", ref: `r${n}`, text: `a${letter}b` });
    assertEquals(text(await ann.hear("chat", before), "line", "text"), `a${letter}b`);
  }
});

Deno.test("paths, methods and headers of all kinds get an answer, and the log keeps its lines", async () => {
  await using server = await startServer();
  const { hostname, port } = new URL(server.url);
  const host = `Host: ${hostname}:${port}\r\n`;
  const marker = "red-team-marker";
  const paths = [
    "/../../../../etc/passwd",
    "/static/../main.ts",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fmain.ts",
    "/_fresh/..%5c..%5cmain.ts",
    "//etc/passwd",
    "/deno.json",
    "/r/%00",
    "/r/%ff%fe",
    "/r/%E2%80%AE",
    `/r/x%0A%7B%22level%22%3A%22fatal%22%2C%22message%22%3A%22${marker}%22%7D`,
    `/r/${"a".repeat(5_000)}`,
    `/?${"a=1&".repeat(2_000)}`,
  ];
  for (const path of paths) {
    const status = await exchange(Number(port), `GET ${path} HTTP/1.1\r\n${host}\r\n`);
    assert(/^HTTP\/1\.1 (200|30\d|40\d|414)/.test(status), `${path.slice(0, 60)}: ${status}`);
    if (/passwd|main\.ts|deno\.json/.test(path)) assert(!status.includes(" 200"), path);
  }
  for (const method of ["TRACE", "CONNECT", "PROPFIND", "PUT", "DELETE", marker]) {
    const status = await exchange(Number(port), `${method} / HTTP/1.1\r\n${host}\r\n`);
    assert(/^$|^HTTP\/1\.1 (40\d|501)/.test(status), `${method}: ${status}`);
  }
  const broken = [
    "GET / HTTP/9.9\r\n\r\n",
    `GET / HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    `GET / HTTP/1.1\r\n${host}${"X: y\r\n".repeat(500)}\r\n`,
    `GET / HTTP/1.1\r\n${host}X: ${"y".repeat(600_000)}\r\n\r\n`,
    "\r\n\r\n\r\n",
    "\u0016\u0003\u0001",
  ];
  for (const request of broken) await exchange(Number(port), request, { last: true });
  const answer = await fetch(`${server.url}/healthz`, {
    headers: { "user-agent": marker, "x-forwarded-for": marker, referer: marker },
  });
  assertEquals([answer.status, (await answer.json()).faults], [200, 0]);
  const lines = server.output.split("\n").filter((line) => line.startsWith("{"));
  for (const line of lines) assertEquals(typeof JSON.parse(line).level, "string", line);
  assert(!server.output.includes(marker), server.output);
});
