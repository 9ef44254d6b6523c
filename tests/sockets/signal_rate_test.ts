// Signals of the dearest honest join, and of a flood, over real sockets.

import { assertEquals, assertLess } from "../assert.ts";
import { delayLimits, limits, RELAY_SUBPROTOCOL, SUBPROTOCOL } from "../../protocol/mod.ts";
import { at, type Client, text } from "./client.ts";
import { SignallingServer } from "./signalling_server.ts";

/** Signals to one peer: 12 addresses with UDP, TCP, STUN and three relays, an offer and an end. */
const oneByOne = 12 * 6 + 2;

function candidate(n: number) {
  const line = `candidate:${n} 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 10.0.0.7 rport 9`;
  const fields = { sdpMid: "0", sdpMLineIndex: 0, usernameFragment: "Xa3d" };
  return { kind: "candidate", candidate: { candidate: line, ...fields } } as const;
}

async function member(server: SignallingServer, protocols: string[] = []): Promise<Client> {
  const client = await server.connect("/ws", protocols);
  client.say({ type: "join", room: "tea", name: "Ann" });
  await client.hear("welcome");
  return client;
}

function idOf({ heard }: Client): string {
  return text(heard.find(({ type }) => type === "welcome") ?? {}, "peerId");
}

function signalsOf({ heard }: Client): number[] {
  return heard.flatMap((each) => {
    const line = each.type === "signal" ? text(each, "signal", "candidate", "candidate") : "";
    return line === "" ? [] : [Number(/:(\d+)/.exec(line)?.[1])];
  });
}

function errorsOf({ heard }: Client): unknown[] {
  return heard.flatMap((each) => each.type === "error" ? [at(each, "code")] : []);
}

/** Resolves once `client` has heard so many signals. */
async function heardSignals(client: Client, count: number): Promise<number[]> {
  const deadline = Date.now() + 60_000;
  while (signalsOf(client).length < count && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return signalsOf(client);
}

for (const protocols of [[SUBPROTOCOL], [RELAY_SUBPROTOCOL, SUBPROTOCOL]]) {
  Deno.test(`the last of 16 says 74 signals to each of the others, by ${protocols[0]}`, async () => {
    await using server = new SignallingServer({ roomCapacity: 16 });
    const others: Client[] = [];
    for (let n = 0; n < 15; n++) others.push(await member(server));
    const last = await member(server, protocols);
    for (let n = 0; n < oneByOne; n++) {
      for (const to of others.map(idOf)) {
        last.say(
          last.socket.protocol === RELAY_SUBPROTOCOL
            ? `relay ${to}\n${JSON.stringify(candidate(n))}`
            : { type: "signal", to, signal: candidate(n) },
        );
      }
    }
    const all = Array.from({ length: oneByOne }, (_, n) => n);
    for (const other of others) assertEquals(await heardSignals(other, oneByOne), all);
    await last.allHeard();
    assertEquals(errorsOf(last), []);
  });
}

Deno.test("signals past the rate are delayed in order, and other messages are not", async () => {
  await using server = new SignallingServer();
  const [ann, bo] = [await member(server), await member(server)];
  const count = limits.signalBurst + 200;
  for (let n = 0; n < count; n++) {
    ann.say({ type: "signal", to: idOf(bo), signal: candidate(n) });
  }
  ann.say({ type: "chat", ref: "after-them", text: "hello" });
  await bo.hear("chat");
  assertEquals(await heardSignals(bo, count), Array.from({ length: count }, (_, n) => n));
  await ann.allHeard();
  // One each time that signals begin to wait, which a slow machine makes them do again.
  const told = errorsOf(ann);
  assertEquals(new Set(told), new Set(["rate"]));
  assertLess(told.length, 20);
});

Deno.test("a flood of signals is closed with the reason, and its room goes on", async () => {
  await using server = new SignallingServer();
  const [ann, bo, cid] = [await member(server), await member(server), await member(server)];
  const most = limits.signalBurst + delayLimits.signals;
  for (let n = 0; n < 2 * most; n++) {
    ann.say({ type: "signal", to: idOf(bo), signal: candidate(n) });
  }
  await ann.closed;
  assertEquals(errorsOf(ann).at(-1), "rate");
  await bo.hear("peer-left");
  cid.say({ type: "signal", to: idOf(bo), signal: candidate(0) });
  const after = signalsOf(bo).length;
  await heardSignals(bo, after + 1);
  assertEquals(signalsOf(bo).at(-1), 0);
});
