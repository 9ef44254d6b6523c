// Clients that vanish, stall or speak another protocol: they cost a place until then, and no more.

import { writeWhole } from "../../../server/door/streams.ts";
import { type MachineNames, selfSigned } from "../../../server/tls/self_signed.ts";
import type { ByteStream } from "../../../server/websocket/framed_socket.ts";
import { assert, assertEquals } from "../../assert.ts";
import { Resetter } from "../../rig/resetter.ts";
import { waitFor } from "../../rig/wait_for.ts";
import { clientClose, clientFrame, joined } from "../websocket/client_frame.ts";
import {
  bytesOf,
  connect,
  handshake,
  type House,
  house,
  largeBody,
  listen,
  readToEnd,
  readUntil,
} from "./house.ts";

const get = (path: string) => bytesOf(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
const open = bytesOf(handshake("/ws"));
const text = (payload: string) => clientFrame({ payload });

/** The status of an answer to a new client; 0 if it is not let in. */
async function statusOf(it: House): Promise<number> {
  using client = await connect(it);
  await writeWhole(
    client,
    bytesOf("GET /healthy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
  );
  return Number((await readToEnd(client)).split(" ")[1] ?? 0);
}

/** Waits until `most` connections of this address are accepted at once: nobody has kept a place. */
async function allPlacesFree(it: House, most: number): Promise<void> {
  await waitFor(async () => {
    const statuses = await Promise.all(Array.from({ length: most }, () => statusOf(it)));
    return statuses.every((status) => status === 200);
  }, { what: "all places", every: 20 });
}

/** A client that has a place, after one small response. */
async function admitted(it: House): Promise<Deno.TcpConn> {
  return await waitFor(async () => {
    const client = await connect(it);
    try {
      await writeWhole(client, get("/admitted"));
      await readUntil(client, "}");
      return client;
    } catch (error) {
      client.close();
      throw error;
    }
  }, { what: "a place", every: 20 });
}

Deno.test("connections that are reset before they are accepted hold nobody up", async () => {
  const listener = listen();
  await using resetter = new Resetter();
  for (let count = 0; count < 400; count++) {
    await resetter.reset({ port: listener.addr.port, bytes: new Uint8Array() });
  }
  await using it = house({ listener });
  // A pause for each of them would take 40 s.
  const late = Promise.withResolvers<number>();
  const timer = setTimeout(() => late.resolve(0), 20_000);
  assertEquals(await Promise.race([statusOf(it), late.promise]), 200);
  clearTimeout(timer);
});

Deno.test("a reset at any moment frees the place of its client", async () => {
  const most = 6;
  await using it = house({ most });
  await using resetter = new Resetter();
  const { port } = it;
  const post = bytesOf("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nsome");
  const more = joined([open, text("*".repeat(60_000))]);
  const moments = {
    "before it sends anything": { bytes: new Uint8Array() },
    "in its head": { bytes: get("/half").subarray(0, 9) },
    "in its body": { bytes: post },
    "before its response": { bytes: get("/never") },
    "with its response": { bytes: get("/one"), until: "}" },
    "in a large response": { bytes: get("/large"), until: "0123" },
    "with a large response unread": { bytes: get("/large"), pauses: true },
    "in its second head": { bytes: joined([get("/one"), get("/two").subarray(0, 9)]), until: "}" },
    "in its handshake": { bytes: open.subarray(0, open.length - 2) },
    "before the answer to its handshake": { bytes: open },
    "before the answer to a handshake after a page": { bytes: joined([get("/one"), open]) },
    "after the answer to its handshake": { bytes: open, until: "101" },
    "in a refusal": { bytes: bytesOf(handshake("/refused")) },
    "in a frame": { bytes: joined([open, text("cut off").subarray(0, 5)]), until: "101" },
    "after a frame": { bytes: joined([open, text("echo")]), until: "echo" },
    "with frames unread": {
      bytes: joined([more, ...Array(50).fill(text("*".repeat(60_000)))]),
      pauses: true,
    },
    "in its own closing handshake": { bytes: joined([open, clientClose(1000)]), until: "101" },
    "in the door's closing handshake": { bytes: joined([open, text("bye")]), until: "\x10\xe1" },
  };
  for (const [moment, act] of Object.entries(moments)) {
    await resetter.reset({ port, ...act });
    await waitFor(() => statusOf(it).then((status) => status === 200), { what: moment, every: 20 });
  }
  await allPlacesFree(it, most);
  assertEquals(it.sockets.size, 0);
});

Deno.test("a client that reads nothing has the time of an idle one, and keeps its place", async () => {
  await using it = house({ most: 1, idleMs: 1_000 });
  for (const more of [new Uint8Array(), open]) {
    using client = await admitted(it);
    await writeWhole(client, joined([get("/large"), more]));
    await new Promise((resume) => setTimeout(resume, 2_500));
    // The door is done with it, but the system still keeps what it could not send.
    assertEquals(await statusOf(it).catch(() => 0), 0);
    const got = await readToEnd(client).catch(() => "");
    assert(got.length > 1_000 && got.length < largeBody.length, `${got.length} bytes`);
  }
});

Deno.test("a message of STUN goes to its handler, with the client's address, and frees its place", async () => {
  const binding = new Uint8Array([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, ...Array(12).fill(7)]);
  const answer = async (stream: ByteStream, early: Uint8Array, from: string) => {
    const whole = new Uint8Array(20);
    whole.set(early);
    for (let count = early.length; count < 20;) {
      count += await stream.read(whole.subarray(count)) ?? 20;
    }
    await writeWhole(stream, joined([bytesOf(from), whole]));
    stream.close();
  };
  await using it = house({
    most: 6,
    stun: ({ stream, early, arrival: { remoteAddr: { hostname, port } } }) =>
      void answer(stream, early.slice(), `${hostname}:${port} `),
  });
  for (const split of [20, 8, 1, 20, 8, 1, 20, 8, 1]) {
    using client = await connect(it);
    await writeWhole(client, binding.subarray(0, split));
    await writeWhole(client, binding.subarray(split));
    const expected = `127.0.0.1:${client.localAddr.port} `;
    assertEquals(await readToEnd(client), expected + new TextDecoder().decode(binding));
    await allPlacesFree(it, 2);
  }
  // Without a handler it is closed like any other protocol.
  await using plain = house();
  using client = await connect(plain);
  await writeWhole(client, binding);
  assertEquals(await readToEnd(client).catch(() => ""), "");
});

const machine: MachineNames = { names: ["localhost"], addresses: ["127.0.0.1"] };

Deno.test("behind TLS a client has the same time, and the same ways to go", async () => {
  const heard: string[] = [];
  const certificate = await selfSigned(undefined, () => machine).read();
  await using it = house({
    certificate,
    headMs: 2_000,
    most: 3,
    stun: ({ stream, early, arrival: { secure } }) => {
      heard.push(`${early.length > 0} ${secure}`);
      stream.close();
    },
  });
  using plain = await connect(it);
  await writeWhole(plain, get("/"));
  assertEquals(await readToEnd(plain).then((got) => got.includes("HTTP"), () => false), false);
  const options = { hostname: "localhost", port: it.port, caCerts: [certificate.cert] };
  // A TURN client names no protocol.
  using turn = await Deno.connectTls(options);
  await writeWhole(turn, new Uint8Array([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42]));
  assertEquals(await readToEnd(turn).catch(() => ""), "");
  assertEquals(heard, ["true true"]);
  using silent = await Deno.connectTls(options);
  await silent.handshake();
  assertEquals(await readToEnd(silent).catch(() => ""), "");
  for (const alpnProtocols of [["http/1.1"], ["h2", "http/1.1"]]) {
    const http = { http1: alpnProtocols.length === 1, http2: alpnProtocols.length === 2 };
    using client = Deno.createHttpClient({ caCerts: options.caCerts, ...http });
    const { from, secure } = await fetch(`${it.url}/tls`, { client }).then((r) => r.json());
    assertEquals([from, secure], ["127.0.0.1", true]);
  }
});

Deno.test("a handshake of TLS that does not end has the time of a head, and leaves nothing behind", async () => {
  const certificate = await selfSigned(undefined, () => machine).read();
  const descriptors = () => [...Deno.readDirSync("/proc/self/fd")].length;
  await using it = house({ certificate, headMs: 1_500, most: 50 });
  using client = Deno.createHttpClient({ caCerts: [certificate.cert] });
  await fetch(it.url, { client }).then((response) => response.text());
  const before = descriptors();
  const hello = bytesOf("\x16\x03\x01\x02");
  const clients = await Promise.all(Array.from({ length: 60 }, () => connect(it)));
  for (const [index, one] of clients.entries()) {
    if (index % 2 === 0) await writeWhole(one, hello).catch(() => {});
  }
  // Those past the limit are closed at once, the others when their time is over.
  const answers = await Promise.all(clients.map((one) => readToEnd(one).catch(() => "")));
  assertEquals(new Set(answers), new Set([""]));
  // The ends of the clients are still open; those of the door are not.
  await waitFor(() => descriptors() <= before + clients.length, { what: "closed descriptors" });
  for (const one of clients) one.close();
  await fetch(it.url, { client }).then((response) => response.text());
});
