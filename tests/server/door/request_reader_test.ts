// What begins on a connection, and where its requests end, in any split of the bytes.

import { MalformedBody } from "../../../server/door/body_end.ts";
import { headBytesMost, parseHead } from "../../../server/door/request_head.ts";
import { RequestReader } from "../../../server/door/request_reader.ts";
import { assert, assertEquals, assertRejects } from "../../assert.ts";
import { bytesOf } from "./house.ts";

/** A stream that gives its bytes in pieces of these lengths, again and again, and then ends. */
function streamOf(bytes: Uint8Array, lengths: readonly number[] = [Infinity]) {
  let at = 0;
  let piece = 0;
  return {
    read: (buffer: Uint8Array): Promise<number | null> => {
      if (at === bytes.length) return Promise.resolve(null);
      const length = lengths[piece++ % lengths.length] ?? 1;
      const part = bytes.subarray(at, at + Math.min(length, buffer.length));
      buffer.set(part);
      at += part.length;
      return Promise.resolve(part.length);
    },
  };
}

/** Everything that a reader finds. */
async function eventsOf(bytes: Uint8Array, lengths?: readonly number[]): Promise<string[]> {
  const reader = new RequestReader(streamOf(bytes, lengths));
  const events: string[] = [];
  for (;;) {
    const opening = await reader.next();
    if (opening.kind !== "request") return [...events, opening.kind];
    const head = new TextDecoder().decode(opening.bytes);
    let body = "";
    try {
      for (let part; (part = await reader.bodyPart()) !== undefined;) {
        body += new TextDecoder("latin1").decode(part);
      }
    } catch (error) {
      assert(error instanceof MalformedBody);
      return [...events, "malformed body"];
    }
    events.push(head, body);
  }
}

const line = (text: string) => `${text}\r\n`;
const head = (first: string, ...fields: string[]) =>
  [first, "Host: x", ...fields].map(line).join("") + "\r\n";
const post = (...fields: string[]) => head("POST /p HTTP/1.1", ...fields);

const accepted = [
  head("GET / HTTP/1.1"),
  head("GET / HTTP/1.1", "X:", "Y: \t padded \t", "Z: caf\xe9\x80\xff"),
  "GET / HTTP/1.0\r\n\r\n",
  head("GET /茶?a=b HTTP/1.1"),
  head("GET http://X:80/a HTTP/1.1"),
  head("OPTIONS * HTTP/1.1"),
  head("get / HTTP/1.1"),
  post("Content-Length: 0"),
  post("Transfer-Encoding: Chunked"),
];

const refused = [
  "GET / HTTP/1.1\r\n\r\n",
  "GET /\r\n\r\n",
  "\0\r\n\r\n",
  head("GET / HTTP/1.2"),
  head("GET / HTTP/2.0"),
  head("GET  / HTTP/1.1"),
  head("GET / HTTP/1.1 "),
  head(" GET / HTTP/1.1"),
  head("GET /a b HTTP/1.1"),
  head("GET /\0 HTTP/1.1"),
  head("GET a HTTP/1.1"),
  head("GET * HTTP/1.1"),
  head("GET http:// HTTP/1.1"),
  head("GET ftp://x/ HTTP/1.1"),
  head("GET http://y/ HTTP/1.1"),
  head("CONNECT x:80 HTTP/1.1"),
  head("G(T / HTTP/1.1"),
  head("GET / HTTP/1.1", "Host: x"),
  head("GET / HTTP/1.1", "X: a", " folded"),
  head("GET / HTTP/1.1", "X: a\rb"),
  head("GET / HTTP/1.1", "X: a\0b"),
  head("GET / HTTP/1.1", "X : a"),
  head("GET / HTTP/1.1", ": a"),
  head("GET / HTTP/1.1", "no colon"),
  post("Content-Length: 3", "Content-Length: 3"),
  post("Content-Length: 3, 3"),
  post("Content-Length: +3"),
  post("Content-Length: -3"),
  post("Content-Length: 0x3"),
  post("Content-Length: 1e2"),
  post("Content-Length:"),
  post("Content-Length: 9999999999999999"),
  post("Content-Length: 3", "Transfer-Encoding: chunked"),
  post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
  post("Transfer-Encoding: gzip, chunked"),
  post("Transfer-Encoding: identity"),
  post("Transfer-Encoding: xchunked"),
  "POST /p HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
];

/** Each character is one byte, but for those that no byte is. */
const raw = (text: string) =>
  /[^\0-\xff]/.test(text) ? bytesOf(text) : Uint8Array.from(text, (c) => c.charCodeAt(0));

Deno.test("a head is accepted only if everybody reads it alike", () => {
  for (const text of accepted) assert(parseHead(raw(text)) !== undefined, JSON.stringify(text));
  for (const text of refused) assertEquals(parseHead(raw(text)), undefined, JSON.stringify(text));
});

Deno.test("a line that ends without CR is refused as soon as it has come", async () => {
  for (const text of ["GET / HTTP/1.1\n", "GET / HTTP/1.1\r\nHost: x\n"]) {
    const reader = new RequestReader(streamOf(bytesOf(text)));
    assertEquals(await reader.next(), { kind: "malformed", status: 400 });
  }
});

const requests = [
  "\r\n\r\n" + head("GET /1 HTTP/1.1"),
  post("Content-Length: 11"),
  "hello\r\n\r\n\r\n",
  post("Transfer-Encoding: chunked"),
  "5;a=b\r\nhello\r\n0000A\r\n0123\r\n\r\n89\r\n0\r\nX: y\r\n\r\n",
  head("GET /2 HTTP/1.1", `Cookie: ${"*".repeat(9_000)}`),
  post("Transfer-Encoding: chunked"),
  "0\r\n\r\n",
];

Deno.test("any split of the bytes gives the same requests and bodies", async () => {
  const bytes = bytesOf(requests.join(""));
  const [one = "", two = "", body = "", three = "", chunks = "", ...others] = requests;
  const [four = "", five = "", last = ""] = others;
  const expected = [one.trimStart(), "", two, body, three, chunks, four, "", five, last, "ended"];
  assertEquals(await eventsOf(bytes), expected);
  assertEquals(await eventsOf(bytes, [1]), expected);
  for (let seed = 1; seed <= 200; seed++) {
    const lengths = Array.from({ length: 7 }, (_, index) => 1 + (seed * 31 * (index + 3)) % 400);
    assertEquals(await eventsOf(bytes, lengths), expected, `lengths ${lengths}`);
  }
});

Deno.test("chunks that break their syntax end the connection, in any split", async () => {
  const bodies = [
    "3\nabc\r\n0\r\n\r\n",
    "3\r\nabcd\r\n0\r\n\r\n",
    "0x3\r\nabc\r\n0\r\n\r\n",
    "\r\n",
    "-1\r\n",
    "100000000\r\n",
    "3 \r\nabc\r\n",
    "3\rabc",
    "3;\0\r\nabc",
    `3;${"*".repeat(2_000)}`,
    "0\r\n folded\r\n\r\n",
    "0\r\n" + line(`X: ${"*".repeat(900)}`).repeat(20),
  ];
  for (const body of bodies) {
    const bytes = bytesOf(post("Transfer-Encoding: chunked") + body);
    for (const lengths of [[Infinity], [1], [2, 3]]) {
      assertEquals(await eventsOf(bytes, lengths), ["malformed body"], JSON.stringify(body));
    }
  }
});

Deno.test("a head of 16 KiB is read, and one byte more is too long", async () => {
  const rest = head("GET / HTTP/1.1", "X: ").length;
  const exact = head("GET / HTTP/1.1", `X: ${"*".repeat(headBytesMost - rest)}`);
  const longer = head("GET / HTTP/1.1", `X: ${"*".repeat(headBytesMost - rest + 1)}`);
  for (const lengths of [[Infinity], [1_000], [16_384]]) {
    const reader = new RequestReader(streamOf(bytesOf(exact), lengths));
    assertEquals((await reader.next()).kind, "request");
    for (const text of [longer, "A".repeat(20_000)]) {
      const late = new RequestReader(streamOf(bytesOf(text), lengths));
      assertEquals(await late.next(), { kind: "malformed", status: 431 });
    }
  }
});

Deno.test("the first bytes tell STUN, HTTP/2 and other protocols, in any split", async () => {
  const binding = new Uint8Array([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, ...Array(12).fill(7)]);
  const hello = new Uint8Array([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3]);
  const preface = bytesOf("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  const openings = [["stun", binding], ["foreign", hello], ["http2", preface]] as const;
  for (const [kind, bytes] of openings) {
    for (const lengths of [[Infinity], [1], [3, 5]]) {
      const stream = streamOf(bytes, lengths);
      const reader = new RequestReader(stream);
      assertEquals((await reader.next()).kind, kind);
      // Nothing is lost: whatever takes the stream over gets all of it.
      const rest = new Uint8Array(100);
      let count = reader.unread.length;
      rest.set(reader.unread);
      for (let more; (more = await stream.read(rest.subarray(count))) !== null;) count += more;
      assertEquals(rest.subarray(0, count), bytes);
    }
  }
  // Only a connection begins so, no later request.
  for (const bytes of [binding, preface]) {
    const later = new Uint8Array([...bytesOf(head("GET / HTTP/1.1")), ...bytes, 0x0a]);
    assertEquals((await eventsOf(later)).at(-1), "malformed");
  }
});

Deno.test("the first byte of each head is told once, and an error of the stream is passed on", async () => {
  const reader = new RequestReader(streamOf(bytesOf("\r\n".repeat(50) + requests[0]), [1]));
  let begun = 0;
  await reader.next(() => begun++);
  assertEquals(begun, 1);
  const broken = new RequestReader({ read: () => Promise.reject(new Error("reset")) });
  await assertRejects(() => broken.next(), Error, "reset");
});
