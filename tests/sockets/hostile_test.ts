import { assert, assertEquals } from "../assert.ts";
import { limits, serverLimits } from "../../protocol/mod.ts";
import { at, type Client, text } from "./client.ts";
import { RawSocket } from "./raw_socket.ts";
import { SignallingServer, transport } from "./signalling_server.ts";

/** Frames of which each one ended the origin's process or confused it, and some more. */
const hostile: unknown[] = [
  "hello",
  "",
  "null",
  "true",
  "[]",
  "[[[[",
  "[".repeat(60_000),
  '{"eventName":"__join"}',
  '{"eventName":"__join","data":null}',
  '{"eventName":"__join","data":{"room":{"toString":null}}}',
  '{"eventName":"__offer"}',
  '{"eventName":"__offer","data":{"socketId":"__proto__","sdp":null}}',
  '{"eventName":"__ice_candidate","data":{"socketId":"constructor"}}',
  '{"eventName":"error","data":{}}',
  '{"eventName":"__proto__","data":{}}',
  '{"eventName":{"a":1},"data":{}}',
  '{"type":"join","room":"__proto__","name":"x","__proto__":{"admin":true}}',
  '{"type":"join","room":"../../etc","name":"x"}',
  '{"type":"join","room":"a","name":"\\ud800"}',
  '{"type":"signal","to":"__proto__","signal":{"kind":"candidate"}}',
  '{"type":"chat","ref":"r","text":"' + "x".repeat(4_001) + '"}',
  '{"type":"state","state":{"microphone":"yes"}}',
  '{"type":"constructor"}',
];

async function witness(server: SignallingServer): Promise<Client> {
  const client = await server.connect();
  client.say({ type: "join", room: "tea", name: "Witness" });
  await client.hear("welcome");
  return client;
}

Deno.test("no hostile frame hurts the process or anybody else's connection", async () => {
  await using server = new SignallingServer();
  const ann = await witness(server);
  for (const frame of hostile) {
    const attacker = await server.connect();
    attacker.say(frame);
    assert(
      await Promise.race([attacker.answered, attacker.closed]) !== undefined,
      `no answer to ${String(frame).slice(0, 60)}`,
    );
    await attacker.leave();
  }
  assertEquals((await ann.allHeard()).map((heard) => heard.type), ["welcome"]);
  assertEquals(server.parley.hub.counts().faults, 0);
});

Deno.test("a binary frame closes with 1003, one over 64 KiB with 1009, one at the limit is read", async () => {
  await using server = new SignallingServer();
  const binary = await server.connect();
  binary.socket.send(new Uint8Array([1, 2, 3]));
  assertEquals(await binary.closed, 1003);
  const exact = await server.connect();
  const padding = limits.frameBytes - '{"type":"ping"}'.length;
  exact.say(`{"type":"ping"${" ".repeat(padding)}}`);
  await exact.hear("tick");
  exact.say(`{"type":"ping"${" ".repeat(padding + 1)}}`);
  assertEquals(await exact.closed, 1009);
  const wide = await server.connect();
  wide.say(`"${"语".repeat(limits.frameBytes / 3)}"`);
  assertEquals(await wide.closed, 1009);
});

Deno.test("five bad messages close with 4500, a member who sends them leaves its room", async () => {
  await using server = new SignallingServer();
  const ann = await witness(server);
  const bo = await witness(server);
  for (let n = 0; n < serverLimits.badMessages; n++) bo.say("garbage");
  assertEquals(await bo.closed, 4500);
  assertEquals(text(await ann.hear("peer-left"), "reason"), "lost");
});

Deno.test("the third line of chat past the limit closes with 4009", async () => {
  await using server = new SignallingServer();
  const ann = await witness(server);
  for (let n = 0; n < limits.chatBurst + serverLimits.rateExcesses; n++) {
    ann.say({ type: "chat", ref: `r${n}`, text: "spam" });
  }
  assertEquals(await ann.closed, 4009);
});

Deno.test("a flood of chat gets the reason before its close, and the others get no more than the limit", async () => {
  await using server = new SignallingServer();
  const ann = await witness(server);
  const bo = await witness(server);
  for (let n = 0; n < 100; n++) bo.say({ type: "chat", ref: `r${n}`, text: "spam" });
  const code = await bo.closed;
  // With frames still on their way Deno resets the connection, and the close code with it.
  if (transport === "own") assertEquals(code, 4009);
  assertEquals(at(bo.heard.at(-1) ?? {}, "code"), "rate");
  await ann.hear("peer-left");
  const lines = ann.heard.filter((heard) => heard.type === "chat").length;
  assert(lines >= limits.chatBurst && lines <= limits.chatBurst + 2, `${lines} lines`);
});

Deno.test("a client of another protocol version gets 4508", async () => {
  await using server = new SignallingServer();
  const client = await server.connect("/ws", ["parley.v99"]);
  assertEquals(await client.closed, 4508);
  assertEquals(server.parley.hub.counts().sockets, 0);
});

Deno.test("sub-protocols are read from a list with any spacing", async () => {
  await using server = new SignallingServer();
  for (const list of ["parley.v1,x", "x,parley.v1", "parley.v1 ,\tx", ",parley.v1, ,x"]) {
    using socket = await RawSocket.ask(server.port, { "Sec-WebSocket-Protocol": list });
    assertEquals([socket.status, socket.protocol], [101, "parley.v1"], list);
    await socket.say({ type: "join", room: "tea", name: "Ann" });
    await socket.hear("welcome");
  }
  using unknown = await RawSocket.ask(server.port, { "Sec-WebSocket-Protocol": "x,y" });
  assertEquals([unknown.status, unknown.protocol], [101, "x"]);
});

Deno.test("a page of another origin, and a client without one, are refused before the upgrade", async () => {
  await using server = new SignallingServer({ allowOrigin: [] });
  for (const origin of ["http://evil.example", "null", undefined]) {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
    const lines = [
      "GET /ws HTTP/1.1",
      `Host: 127.0.0.1:${server.port}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      ...origin === undefined ? [] : [`Origin: ${origin}`],
    ];
    await connection.write(new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`));
    const answer = new Uint8Array(64);
    await connection.read(answer);
    connection.close();
    assertEquals(new TextDecoder().decode(answer).slice(0, 12), "HTTP/1.1 403");
  }
});

Deno.test("a signal cannot carry another sender", async () => {
  await using server = new SignallingServer();
  const [ann, bo] = [await witness(server), await witness(server)];
  const annId = text(ann.heard[0] ?? {}, "peerId");
  const boId = text(bo.heard[0] ?? {}, "peerId");
  const candidate = { candidate: "c", sdpMid: null, sdpMLineIndex: 0, usernameFragment: null };
  const signal = { kind: "candidate", candidate };
  bo.say({ type: "signal", to: annId, signal, from: "somebody else" });
  assertEquals(text(await bo.hear("error"), "code"), "bad-message");
  bo.say(`{"type":"signal","from":"x","to":"${annId}","signal":${JSON.stringify(signal)}}`);
  bo.say({ type: "signal", to: annId, signal });
  assertEquals(at(await ann.hear("signal"), "from"), boId);
});
