import { closeCode, type CloseReason, limits } from "../../../protocol/mod.ts";
import {
  SignalingClient,
  type SignalingEvent,
  socketTimes,
} from "../../../mesh/signaling/signaling_client.ts";
import { assert, assertEquals, assertLessOrEqual } from "../../assert.ts";
import { FakePage, FakeSockets, welcome } from "./fake_socket.ts";
import { VirtualClock } from "../virtual_clock.ts";

function newClient({ random = () => 0.5 }: { random?: () => number } = {}) {
  const clock = new VirtualClock();
  const sockets = new FakeSockets();
  const page = new FakePage();
  const events: SignalingEvent[] = [];
  const client = new SignalingClient({
    url: "ws://here/ws",
    environment: { openSocket: sockets.open, clock, page, random },
    join: () => ({ type: "join", room: "den", name: "Ann", followed: { epoch: 1, revision: 7 } }),
    emit: (event) => events.push(event),
  });
  client.start();
  return { client, clock, sockets, page, events, kinds: () => events.map(({ type }) => type) };
}

/** A client with a session. */
function joinedClient(options: { random?: () => number } = {}) {
  const joined = newClient(options);
  joined.sockets.last.open();
  joined.sockets.last.say(welcome());
  return joined;
}

Deno.test("the first words on a socket are the join; nothing else is said before the welcome", () => {
  const { client, sockets } = newClient();
  assertEquals(client.send({ type: "ping" }), false);
  sockets.last.open();
  assertEquals(client.send({ type: "ping" }), false);
  sockets.last.say(welcome());
  assertEquals(client.send({ type: "ping" }), true);
  assertEquals(sockets.last.said, [
    { type: "join", room: "den", name: "Ann", followed: { epoch: 1, revision: 7 } },
    { type: "ping" },
  ]);
  client.close();
});

Deno.test("a socket that was opened ahead hears the join at once", () => {
  const clock = new VirtualClock();
  const sockets = new FakeSockets();
  const ahead = (url: string, subprotocols: string[]) => {
    const socket = sockets.open(url, subprotocols);
    sockets.last.open();
    return socket;
  };
  const client = new SignalingClient({
    url: "ws://here/ws",
    environment: { openSocket: ahead, clock, page: new FakePage(), random: () => 0.5 },
    join: () => ({ type: "join", room: "den", name: "Ann" }),
    emit: () => {},
  });
  client.start("token-0");
  const join = { type: "join", room: "den", name: "Ann", resume: "token-0" } as const;
  assertEquals(sockets.last.said, [join]);
  clock.advance(socketTimes.open);
  assertEquals(sockets.last.closedWith, undefined, "it has opened");
  client.close();
});

Deno.test("after a loss it comes back by itself, with the token of the last welcome", () => {
  const { client, clock, sockets, kinds } = joinedClient();
  sockets.last.end(1006);
  assertEquals(kinds(), ["message", "lost"]);
  assertEquals(client.send({ type: "ping" }), false);
  clock.advance(1_000);
  assertEquals(sockets.all.length, 2);
  sockets.last.open();
  assertEquals(sockets.last.saidOf("join")[0]?.resume, "token-1");
  client.close();
});

Deno.test("waits grow from a moment to three seconds, with jitter, while the server is away", () => {
  const waits: number[] = [];
  const { client, clock, sockets } = newClient({ random: () => 0.999 });
  for (let round = 0; round < 8; round++) {
    sockets.last.end(1006);
    const [from, before] = [clock.now(), sockets.all.length];
    while (sockets.all.length === before) clock.advance(10);
    waits.push(clock.now() - from);
  }
  assertEquals(waits.toSorted((a, b) => a - b), waits);
  assert((waits[0] ?? 0) <= 310, `${waits}`);
  for (const wait of waits) assertLessOrEqual(wait, 3_010);
  client.close();
});

Deno.test("a restarting server is called within two seconds, an overloaded one after ten", () => {
  for (
    const [reason, least, most] of [["restart", 0, 2_000], ["overload", 10_000, 20_000]] as const
  ) {
    for (const random of [0, 0.999]) {
      const { client, clock, sockets } = joinedClient({ random: () => random });
      sockets.last.end(closeCode(reason));
      clock.advance(least - 1);
      assertEquals(sockets.all.length, least > 0 ? 1 : sockets.all.length);
      clock.advance(most - least + 1);
      // A socket without an answer is replaced by the next one, so there may be several.
      assert(sockets.all.length >= 2, reason);
      client.close();
    }
  }
});

Deno.test("a server that does not want this client is not called again", () => {
  const terminal: CloseReason[] = ["full", "kicked", "banned", "locked", "password", "version"];
  for (const reason of [...terminal, "replaced", "bad-messages", "too-big", "left"] as const) {
    const { client, clock, sockets, events, page } = joinedClient();
    sockets.last.end(closeCode(reason));
    clock.advance(60_000);
    assertEquals(events.at(-1), { type: "ended", reason });
    assertEquals(sockets.all.length, 1);
    assertEquals([clock.waiting, page.listeners], [0, 0]);
    client.close();
  }
});

Deno.test("the network coming back ends the wait at once", () => {
  const { client, sockets, page } = joinedClient();
  sockets.last.end(1006);
  page.wake();
  assertEquals(sockets.all.length, 2);
  page.wake();
  assertEquals(sockets.all.length, 2, "one that is opening is left alone");
  client.close();
});

Deno.test("after the network came back the waits start small again", () => {
  const { client, clock, sockets, page } = newClient();
  for (let round = 0; round < 5; round++) {
    sockets.last.end(1006);
    clock.advance(5_000);
  }
  sockets.last.end(1006);
  page.wake();
  const before = sockets.all.length;
  sockets.last.end(1006);
  clock.advance(300);
  assertEquals(sockets.all.length, before + 1);
  client.close();
});

Deno.test("a socket silent for 25 s is dead, one that answers a ping is not", () => {
  const { client, clock, sockets, kinds } = joinedClient();
  const [socket] = sockets.all;
  clock.advance(socketTimes.ping);
  assertEquals(socket?.saidOf("ping").length, 1);
  socket?.say({ type: "tick", at: 1 });
  clock.advance(limits.silenceMs - 1);
  assertEquals(kinds().includes("lost"), false);
  clock.advance(1);
  assertEquals(kinds().at(-1), "lost");
  assertEquals(socket?.readyState, 3);
  client.close();
});

Deno.test("after waking up a socket must prove within five seconds that it lives", () => {
  const { client, clock, sockets, page, kinds } = joinedClient();
  page.wake();
  assertEquals(sockets.last.saidOf("ping").length, 1);
  sockets.last.say({ type: "tick", at: 1 });
  clock.advance(socketTimes.probe);
  assertEquals(kinds().includes("lost"), false);
  page.wake();
  clock.advance(socketTimes.probe);
  assertEquals(kinds().at(-1), "lost");
  client.close();
});

Deno.test("a socket that never opens is given up after ten seconds", () => {
  const { client, clock, sockets } = newClient();
  clock.advance(socketTimes.open + 1_000);
  assertEquals(sockets.all.length, 2);
  client.close();
});

Deno.test("nothing an older socket says is heard", () => {
  const { client, clock, sockets, events } = joinedClient();
  const [old] = sockets.all;
  clock.advance(limits.silenceMs);
  clock.advance(1_000);
  assertEquals(sockets.all.length, 2);
  const told = events.length;
  old?.open();
  old?.say(welcome({ resumeToken: "old" }));
  old?.end(closeCode("kicked"));
  assertEquals(events.length, told);
  sockets.last.open();
  assertEquals(sockets.last.saidOf("join")[0]?.resume, "token-1");
  client.close();
});

Deno.test("frames of other types are passed on unread, and binary ones are skipped", () => {
  const { client, sockets, events } = joinedClient();
  events.splice(0);
  const frames = ["{", "null", `{"type":"tomorrow"}`];
  for (const frame of [...frames, new ArrayBuffer(2)]) sockets.last.frame(frame);
  assertEquals(events.splice(0), frames.map((frame) => ({ type: "unknown", frame })));
  sockets.last.say({ type: "tick", at: 2 });
  assertEquals(events.length, 1);
  client.close();
});

Deno.test("closing says goodbye once and leaves no timer, listener or socket", () => {
  const { client, clock, sockets, page, events } = joinedClient();
  const told = events.length;
  client.close();
  client.close();
  client.start();
  page.wake();
  clock.advance(60_000);
  assertEquals(sockets.last.saidOf("leave").length, 1);
  assertEquals([sockets.all.length, sockets.last.readyState], [1, 3]);
  assertEquals([clock.waiting, page.listeners, events.length], [0, 0, told]);
});

Deno.test("a browser that refuses to open a socket is a server that is away", () => {
  const clock = new VirtualClock();
  const events: SignalingEvent[] = [];
  let tries = 0;
  const client = new SignalingClient({
    url: "ws://here/ws",
    environment: {
      openSocket: () => {
        tries++;
        throw new DOMException("blocked", "SecurityError");
      },
      clock,
      page: new FakePage(),
      random: () => 0.5,
    },
    join: () => ({ type: "join", room: "den", name: "Ann" }),
    emit: (event) => events.push(event),
  });
  client.start();
  clock.advance(10_000);
  assert(tries > 2 && tries < 12, `${tries} tries`);
  client.close();
  assertEquals(clock.waiting, 0);
});

Deno.test("who leaves before the welcome says so, for the join may be on its way", () => {
  const { client, sockets } = newClient();
  sockets.last.open();
  client.close();
  assertEquals(sockets.last.said.map(({ type }) => type), ["join", "leave"]);
});
