// Signals in envelopes: between clients that know them, with those that do not, and with SkyRTC.

import { assertEquals } from "../assert.ts";
import { RELAY_SUBPROTOCOL, SUBPROTOCOL } from "../../protocol/mod.ts";
import { at, type Client, text } from "./client.ts";
import { SignallingServer } from "./signalling_server.ts";

const candidate = {
  candidate: "candidate:1 1 udp 1 192.0.2.7 5 typ host",
  sdpMid: "0",
  sdpMLineIndex: 0,
  usernameFragment: null,
};
const signal = { kind: "candidate", candidate } as const;

/** A member with its id; what it hears as text is kept as it came. */
async function member(
  server: SignallingServer,
  protocols: string[],
): Promise<{ client: Client; peerId: string; frames: string[] }> {
  const client = await server.connect("/ws", protocols);
  const frames: string[] = [];
  const take = client.socket.onmessage;
  client.socket.onmessage = function (event: MessageEvent) {
    frames.push(String(event.data));
    if (!String(event.data).startsWith("relay ")) take?.call(this, event);
  };
  client.say({ type: "join", room: "tea", name: "Ann" });
  return { client, peerId: text(await client.hear("welcome"), "peerId"), frames };
}

/** Resolves with the first envelope that came. */
async function envelope({ client, frames }: Awaited<ReturnType<typeof member>>): Promise<string> {
  const find = () => frames.find((frame) => frame.startsWith("relay "));
  while (find() === undefined) await client.allHeard();
  return find() ?? "";
}

const today = [RELAY_SUBPROTOCOL, SUBPROTOCOL];

Deno.test("between two clients with envelopes the body is unchanged, and the server sets the sender", async () => {
  await using server = new SignallingServer();
  const [ann, bo] = [await member(server, today), await member(server, today)];
  assertEquals(ann.client.socket.protocol, RELAY_SUBPROTOCOL);
  const body = `{"from":"somebody else", "kind" : "candidate"}\nrelay ${ann.peerId}\n{}`;
  ann.client.say(`relay ${bo.peerId}\n${body}`);
  assertEquals(await envelope(bo), `relay ${ann.peerId}\n${body}`);
});

Deno.test("a client without envelopes sends and gets signals as checked JSON", async () => {
  await using server = new SignallingServer();
  const [ann, old] = [await member(server, today), await member(server, [SUBPROTOCOL])];
  ann.client.say(`relay ${old.peerId}\n{"kind":"nonsense"}`);
  ann.client.say(`relay ${old.peerId}\n${JSON.stringify(signal)}`);
  assertEquals(await old.client.hear("signal"), { type: "signal", from: ann.peerId, signal });
  assertEquals(old.frames.filter((frame) => frame.includes("nonsense")), []);
  old.client.say({ type: "signal", to: ann.peerId, signal });
  assertEquals(await envelope(ann), `relay ${old.peerId}\n${JSON.stringify(signal)}`);
  old.client.say(`relay ${ann.peerId}\n${JSON.stringify(signal)}`);
  assertEquals(at(await old.client.hear("error"), "code"), "bad-message", "not agreed on");
});

Deno.test("a page of the origin gets signals from envelopes in its dialect", async () => {
  await using server = new SignallingServer();
  const ann = await member(server, today);
  const page = await server.connect();
  page.event("__join", { room: "tea" });
  const socketId = text(await page.hear("_peers"), "data", "you");
  ann.client.say(`relay ${socketId}\n${JSON.stringify(signal)}`);
  assertEquals(at(await page.hear("_ice_candidate"), "data", "socketId"), ann.peerId);
});

Deno.test("an envelope to an unknown peer, the sender, before joining or with a malformed line is refused", async () => {
  await using server = new SignallingServer();
  const ann = await member(server, today);
  const codes: unknown[] = [];
  for (const line of [ann.peerId, "nobody", "__proto__", "", "x".repeat(100)]) {
    const before = ann.client.heard.length;
    ann.client.say(`relay ${line}\n{}`);
    codes.push(at(await ann.client.hear("error", before), "code"));
  }
  const refused = ["no-such-peer", "no-such-peer", "no-such-peer", "bad-message", "bad-message"];
  assertEquals(codes, refused);
  const early = await server.connect("/ws", today);
  early.say(`relay ${ann.peerId}\n{}`);
  assertEquals(at(await early.hear("error"), "code"), "not-joined");
});
