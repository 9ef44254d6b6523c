// Several requests on one connection: their deadlines, and a handshake behind them.

import http2 from "node:http2";
import { closeFrame, textFrame } from "../../../server/websocket/frame.ts";
import { PendingResponses } from "../../../server/door/pending_responses.ts";
import { writeWhole } from "../../../server/door/streams.ts";
import { assert, assertEquals, assertMatch } from "../../assert.ts";
import { clientFrame } from "../websocket/client_frame.ts";
import {
  bytesOf,
  connect,
  handshake,
  type House,
  house,
  largeBody,
  readToEnd,
  readUntil,
} from "./house.ts";

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
const send = (client: Deno.Conn, text: string) => writeWhole(client, bytesOf(text));

const statuses = (text: string) =>
  [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((found) => Number(found[1]));

/** Sends this text byte by byte, slowly; returns whether the server has taken all of it. */
async function trickle(client: Deno.Conn, text: string): Promise<boolean> {
  for (const byte of bytesOf(text)) {
    try {
      await client.write(new Uint8Array([byte]));
    } catch {
      return false;
    }
    await new Promise((resume) => setTimeout(resume, 20));
  }
  return true;
}

/** A client that has had one response on its connection. */
async function visitor(it: House): Promise<Deno.TcpConn> {
  const client = await connect(it);
  await send(client, get("/first"));
  assertMatch(await readUntil(client, "}"), /^HTTP\/1\.1 200/);
  return client;
}

Deno.test("the head of a later request has as much time as that of the first", async () => {
  await using it = house({ headMs: 1_000 });
  using silent = await visitor(it);
  using slow = await visitor(it);
  const sending = trickle(slow, get("/" + "a".repeat(1_000)));
  assertEquals(await readToEnd(slow).catch(() => "reset"), "");
  assertEquals(await sending, false);
  // A connection without a request has the time of an idle one.
  await send(silent, get("/second"));
  await readUntil(silent, "}");
  // Another test may ask at a port that it found free a moment ago.
  const asked = it.asked.filter((line) => line !== "GET / ");
  assertEquals(asked, ["GET /first ", "GET /first ", "GET /second "]);
});

Deno.test("empty lines give no more time for a head", async () => {
  await using it = house({ headMs: 1_000 });
  for (const client of [await connect(it), await visitor(it)]) {
    const sending = trickle(client, "\r\n".repeat(1_000));
    assertEquals(await readToEnd(client).catch(() => "reset"), "");
    assertEquals(await sending, false);
    client.close();
  }
});

Deno.test("a body that trickles ends its connection, whether it is read or not", async () => {
  await using it = house({ answerMs: 1_000 });
  for (const path of ["/slow", "/unread"]) {
    for (const kind of ["Content-Length: 2000", "Transfer-Encoding: chunked"]) {
      using client = await connect(it);
      await send(client, `POST ${path} HTTP/1.1\r\nHost: x\r\n${kind}\r\n\r\n`);
      const sending = trickle(client, "1\r\na\r\n".repeat(300));
      const answer = await readToEnd(client).catch(() => "");
      assertMatch(answer, path === "/unread" ? /^HTTP\/1\.1 200 [^]*did not look$/ : /^$/);
      await sending;
    }
  }
  assertEquals(it.asked, []);
});

Deno.test("over HTTP/2 a request has as much time for its body", async () => {
  await using it = house({ answerMs: 1_000 });
  const session = http2.connect(it.url);
  session.on("error", () => {});
  const closed = new Promise((resolve) => session.on("close", resolve));
  const quick = session.request({ ":path": "/quick" });
  quick.setEncoding("utf8");
  let text = "";
  quick.on("data", (part: string) => text += part);
  await new Promise((resolve) => quick.on("end", resolve));
  assertMatch(text, /"from":"127\.0\.0\.1"/);
  const slow = session.request({ ":path": "/slow", ":method": "POST" });
  slow.on("error", () => {});
  slow.write("never ends");
  await closed;
  assertEquals(it.asked, ["GET /quick "]);
});

Deno.test("a connection that was used for pages becomes a socket of the door", async () => {
  await using it = house();
  using client = await visitor(it);
  // Frames may come with the handshake.
  await writeWhole(client, bytesOf(handshake("/ws")));
  await writeWhole(client, clientFrame({ payload: "Hello" }));
  const echo = new TextDecoder("latin1").decode(textFrame("Hello"));
  assertMatch(await readUntil(client, echo), /^HTTP\/1\.1 101 /);
  // Deno's own sockets would accept a frame without a mask.
  await writeWhole(client, clientFrame({ payload: "Hello", masked: false }));
  const buffer = new Uint8Array(200);
  const count = await client.read(buffer) ?? 0;
  assertEquals(buffer.subarray(0, 4), closeFrame(1002, "").with(1, count - 2));
});

Deno.test("a handshake waits until the requests before it have their whole responses", async () => {
  await using it = house();
  using client = await connect(it);
  await send(client, get("/large") + get("/large") + get("/small") + handshake("/ws"));
  const all = await readUntil(client, "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
  assertEquals(all.split(largeBody).length, 3);
  assertEquals(statuses(all), [200, 200, 200, 101]);
  assertEquals(it.asked, ["GET /small "]);
});

Deno.test("a malformed request is refused after the responses of those before it", async () => {
  await using it = house();
  using client = await connect(it);
  await send(
    client,
    get("/1") + get("/2") + "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" + get("/3"),
  );
  const all = await readToEnd(client);
  assertEquals(statuses(all), [200, 200, 400]);
  assertEquals(it.asked, ["GET /1 ", "GET /2 "]);
});

Deno.test("a client that ends its direction gets all responses that it has asked for", async () => {
  await using it = house();
  using client = await connect(it);
  await send(client, get("/1") + get("/large") + get("/2"));
  await client.closeWrite();
  const all = await readToEnd(client);
  assertEquals(statuses(all), [200, 200, 200]);
  assert(all.includes(largeBody));
});

Deno.test("what follows a response that ends the connection is dropped, a handshake too", async () => {
  await using it = house();
  const last = "GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  for (const more of [get("/more"), handshake("/ws"), "\0", "GET /cut"]) {
    using client = await connect(it);
    await send(client, last + more);
    assertEquals(statuses(await readToEnd(client)), [200], more);
  }
  using old = await connect(it);
  await send(old, "GET /last HTTP/1.0\r\n\r\n" + handshake("/ws"));
  assertEquals(statuses((await readToEnd(old)).replace("HTTP/1.0", "HTTP/1.1")), [200]);
  assertEquals(new Set(it.asked), new Set(["GET /last "]));
});

Deno.test("a handshake that is none of HTTP/1.1, or has a body, opens no socket", async () => {
  await using it = house();
  const old = handshake("/ws").replace("HTTP/1.1", "HTTP/1.0");
  const forms = [
    [old, 426],
    [handshake("/ws", ["Content-Length: 5"]) + "Hello", 400],
    [handshake("/ws", ["Transfer-Encoding: chunked"]) + "0\r\n\r\n", 400],
    [handshake("/ws").replace("/ws", "http://y/ws"), 400],
    [handshake("/ws", ["Host: y"]), 400],
  ] as const;
  for (const [text, status] of forms) {
    using client = await connect(it);
    await send(client, text);
    assertMatch(await readToEnd(client), new RegExp(`^HTTP/1\\.[01] ${status} `), text);
  }
  using absolute = await connect(it);
  await send(absolute, handshake("/ws").replace("/ws", "http://x/ws"));
  assertMatch(await readUntil(absolute, "\r\n\r\n"), /^HTTP\/1\.1 101 /);
});

Deno.test("a client that still sends sees why it was refused", async () => {
  await using it = house();
  // More than the system keeps unread.
  const more = "*".repeat(6_000_000);
  for (const text of [handshake("/refused") + more, `GET /${more} HTTP/1.1\r\n`, `\r\r${more}`]) {
    using client = await connect(it);
    const sending = send(client, text);
    assertMatch(await readToEnd(client), /^HTTP\/1\.1 4\d\d /);
    // A reset would take what has come from some systems' clients.
    await sending;
  }
});

Deno.test("the end of a response is found in any split of its bytes", () => {
  const responses = [
    ["GET", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"],
    ["POST", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"],
    ["HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"],
    ["GET", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"],
    ["GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"],
    ["GET", "HTTP/1.1 204 No Content\r\n\r\n"],
    ["GET", "HTTP/1.0 200 OK\r\n\r\nuntil the end"],
  ] as const;
  const bytes = bytesOf(responses.map(([, text]) => text).join(""));
  for (let length = 1; length <= bytes.length; length++) {
    const pending = new PendingResponses();
    for (const [method] of responses) pending.add(method);
    let at = 0;
    const counts: number[] = [];
    for (const [index] of responses.entries()) {
      const end = responses.slice(0, index + 1).reduce((sum, [, text]) => sum + text.length, 0);
      for (; at < end; at += length) pending.take(bytes.subarray(at, Math.min(end, at + length)));
      at = end;
      counts.push(pending.count);
    }
    assertEquals(counts, [6, 5, 4, 3, 2, 1, 1], `parts of ${length}`);
  }
});

/** A frame of HTTP/2 (RFC 9113, section 4.1). */
function http2Frame(type: number, flags: number, stream: number, payload: Uint8Array): Uint8Array {
  const head = [0, payload.length >> 8, payload.length & 0xff, type, flags, 0, 0, 0, stream];
  return new Uint8Array([...head, ...payload]);
}

/** Header fields as literals without indexing (RFC 7541, section 6.2.2). */
function literals(fields: readonly (readonly [string, string])[]): Uint8Array {
  return new Uint8Array(fields.flatMap(([name, value]) => [
    0,
    ...[name, value].flatMap((text) => [text.length, ...bytesOf(text)]),
  ]));
}

Deno.test("a handshake over HTTP/2 opens no socket, and hurts no other client", async () => {
  await using it = house();
  const start = bytesOf("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  const common = [[":scheme", "http"], [":path", "/ws"], [":authority", "x"]] as const;
  const key = ["sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="] as const;
  const version = ["sec-websocket-version", "13"] as const;
  const forms = [
    [
      [":method", "GET"],
      ...common,
      ["upgrade", "websocket"],
      ["connection", "upgrade"],
      key,
      version,
    ],
    [[":method", "GET"], ...common, ["upgrade", "websocket"], key, version],
    // RFC 8441.
    [[":method", "CONNECT"], [":protocol", "websocket"], ...common, version],
  ] as const;
  for (const fields of forms) {
    using client = await connect(it);
    const parts = [
      start,
      http2Frame(4, 0, 0, new Uint8Array()),
      http2Frame(1, 5, 1, literals(fields)),
    ];
    for (const part of parts) await writeWhole(client, part);
    // Settings come first; then the request is refused, by a response or by a reset of its stream.
    const buffer = new Uint8Array(4_096);
    let answered = false;
    while (!answered) {
      const count = await client.read(buffer);
      if (count === null) break;
      for (let at = 0; at < count;) {
        const length = (buffer[at + 1] ?? 0) << 8 | (buffer[at + 2] ?? 0);
        answered ||= [1, 3, 7].includes(buffer[at + 3] ?? 0);
        at += 9 + length;
      }
    }
    assertEquals(it.sockets.size, 0);
  }
  assertMatch(await fetch(it.url).then((response) => response.text()), /127\.0\.0\.1/);
});
