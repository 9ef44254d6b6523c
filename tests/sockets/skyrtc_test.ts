import { assertEquals } from "../assert.ts";
import { at, type Client, text } from "./client.ts";
import { SignallingServer } from "./signalling_server.ts";

async function join(client: Client, room?: string): Promise<string> {
  client.event("__join", room === undefined ? {} : { room });
  return text(await client.hear("_peers"), "data", "you");
}

/** What a SkyRTC client received; its own chat echo marks that all earlier input was handled. */
async function allHeard(client: Client): Promise<unknown[]> {
  const after = client.heard.length;
  client.event("__chat", { text: "mark" });
  await client.hear("_chat", after);
  return client.heard.filter((heard) => at(heard, "data", "text") !== "mark")
    .map((heard) => heard.eventName);
}

Deno.test("two SkyRTC clients meet and exchange offer, answer and candidates as in the origin", async () => {
  await using server = new SignallingServer();
  // The origin's page connects to the path it was served from and offers no sub-protocol.
  const [a, b] = [await server.connect("/"), await server.connect("/some/page.html")];
  const aId = await join(a, "tea");
  assertEquals(a.heard, [{ eventName: "_peers", data: { connections: [], you: aId } }]);
  const bId = await join(b, "tea");
  assertEquals(b.heard, [{ eventName: "_peers", data: { connections: [aId], you: bId } }]);
  assertEquals(await a.hear("_new_peer"), { eventName: "_new_peer", data: { socketId: bId } });

  const offer = { type: "offer", sdp: "v=0\r\noffer" };
  b.event("__offer", { sdp: offer, socketId: aId });
  assertEquals(await a.hear("_offer"), {
    eventName: "_offer",
    data: { sdp: offer, socketId: bId },
  });
  const answer = { type: "answer", sdp: "v=0\r\nanswer" };
  a.event("__answer", { sdp: answer, socketId: bId });
  assertEquals(await b.hear("_answer"), {
    eventName: "_answer",
    data: { sdp: answer, socketId: aId },
  });
  b.event("__ice_candidate", { label: 1, candidate: "candidate:1", socketId: aId });
  assertEquals(await a.hear("_ice_candidate"), {
    eventName: "_ice_candidate",
    data: { label: 1, sdpMid: null, candidate: "candidate:1", socketId: bId },
  });
  b.socket.close();
  assertEquals(await a.hear("_remove_peer"), {
    eventName: "_remove_peer",
    data: { socketId: bId },
  });
});

Deno.test("clients without a room name meet in __default", async () => {
  await using server = new SignallingServer();
  const [a, b] = [await server.connect("/"), await server.connect("/")];
  const aId = await join(a);
  const bId = await join(b, "");
  assertEquals(at(await a.hear("_new_peer"), "data", "socketId"), bId);
  assertEquals(at(b.heard[0] ?? {}, "data", "connections"), [aId]);
  assertEquals(server.parley.hub.counts().rooms, 1);
});

Deno.test("rooms called like parts of a JavaScript object are ordinary rooms", async () => {
  await using server = new SignallingServer();
  for (const room of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
    const [a, b] = [await server.connect("/"), await server.connect("/")];
    const aId = await join(a, room);
    await join(b, room);
    assertEquals(at(b.heard[0] ?? {}, "data", "connections"), [aId], room);
  }
});

Deno.test("nothing is relayed before a join, to the sender, or across rooms", async () => {
  await using server = new SignallingServer();
  const [a, b, fresh] = [
    await server.connect("/"),
    await server.connect("/"),
    await server.connect("/"),
  ];
  const aId = await join(a, "tea");
  const bId = await join(b, "coffee");
  const sdp = { type: "offer", sdp: "v=0" };
  fresh.event("__offer", { sdp, socketId: aId });
  a.event("__offer", { sdp, socketId: bId });
  a.event("__offer", { sdp, socketId: aId });
  a.event("__chat", { text: "only for tea" });
  await join(fresh, "coffee");
  await allHeard(a);
  assertEquals(await allHeard(b), [
    "_peers",
    "_new_peer",
  ]);
});

Deno.test("a second join gets the list again; a join of another room is a move", async () => {
  await using server = new SignallingServer();
  const [a, b] = [await server.connect("/"), await server.connect("/")];
  const aId = await join(a, "tea");
  const bId = await join(b, "tea");
  b.event("__join", { room: "tea" });
  assertEquals(await b.hear("_peers", 1), {
    eventName: "_peers",
    data: { connections: [aId], you: bId },
  });
  b.event("__join", { room: "coffee" });
  assertEquals(at(await a.hear("_remove_peer"), "data", "socketId"), bId);
  assertEquals(await allHeard(a), [
    "_peers",
    "_new_peer",
    "_remove_peer",
  ]);
});

Deno.test("SkyRTC and native clients share a room, its signals and its chat", async () => {
  await using server = new SignallingServer();
  const [old, native] = [await server.connect("/"), await server.connect("/ws", ["parley.v1"])];
  const oldId = await join(old, "tea");
  native.say({ type: "join", room: "tea", name: "Ann" });
  const welcome = await native.hear("welcome");
  const nativeId = text(welcome, "peerId");
  assertEquals(at(await old.hear("_new_peer"), "data", "socketId"), nativeId);

  const description = { type: "offer", sdp: "v=0", exchange: 1 };
  native.say({ type: "signal", to: oldId, signal: { kind: "description", description } });
  assertEquals(await old.hear("_offer"), {
    eventName: "_offer",
    data: { sdp: { type: "offer", sdp: "v=0" }, socketId: nativeId },
  });
  old.event("__answer", { sdp: { type: "answer", sdp: "v=0" }, socketId: nativeId });
  assertEquals(await native.hear("signal"), {
    type: "signal",
    from: oldId,
    signal: { kind: "description", description: { type: "answer", sdp: "v=0" } },
  });

  native.say({ type: "chat", ref: "r1", text: "hello" });
  const chat = await old.hear("_chat");
  assertEquals([at(chat, "data", "socketId"), at(chat, "data", "name"), at(chat, "data", "text")], [
    nativeId,
    "Ann",
    "hello",
  ]);
  old.event("__chat", { text: "hello back" });
  const line = await native.hear("chat", native.heard.findIndex((h) => h.type === "chat") + 1);
  assertEquals([at(line, "line", "from"), at(line, "line", "text")], [oldId, "hello back"]);
});
