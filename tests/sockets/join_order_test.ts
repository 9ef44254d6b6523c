import { assertEquals } from "../assert.ts";
import { at, type Client, text } from "./client.ts";
import { SignallingServer } from "./signalling_server.ts";

async function join(client: Client, room: string): Promise<string> {
  client.say({ type: "join", room, name: "Ann" });
  return text(await client.hear("welcome"), "peerId");
}

function roster(client: Client): unknown[] {
  const welcome = client.heard.find((heard) => heard.type === "welcome");
  const peers = welcome === undefined ? [] : at(welcome, "roster");
  return Array.isArray(peers) ? peers.map((peer) => at(peer, "peerId")) : [];
}

Deno.test("each of eight newcomers gets everybody before it, never itself, and is announced once", async () => {
  await using server = new SignallingServer();
  const clients: Client[] = [];
  const ids: string[] = [];
  for (let n = 0; n < 8; n++) {
    const client = await server.connect();
    ids.push(await join(client, "tea"));
    clients.push(client);
    assertEquals(roster(client), ids.slice(0, n));
  }
  for (const [n, client] of clients.entries()) {
    const heard = await client.allHeard();
    assertEquals(heard.map((each) => each.type), [
      "welcome",
      ...new Array(7 - n).fill("peer-joined"),
    ]);
    assertEquals(heard.slice(1).map((each) => at(each, "peer", "peerId")), ids.slice(n + 1));
  }
  assertEquals(server.parley.hub.counts(), { rooms: 1, peers: 8, sockets: 8, faults: 0 });
});

Deno.test("a ninth person gets an error and a close code for a full room", async () => {
  await using server = new SignallingServer();
  for (let n = 0; n < 8; n++) await join(await server.connect(), "tea");
  const ninth = await server.connect();
  ninth.say({ type: "join", room: "tea", name: "Ann" });
  assertEquals(text(await ninth.hear("error"), "code"), "full");
  assertEquals(await ninth.closed, 4505);
});

Deno.test("a second join changes nothing for anybody else", async () => {
  await using server = new SignallingServer();
  const [ann, bo] = [await server.connect(), await server.connect()];
  await join(ann, "tea");
  await join(bo, "tea");
  await ann.allHeard();
  const before = bo.heard.length;
  bo.say({ type: "join", room: "tea", name: "Bo again" });
  await bo.hear("welcome", before);
  assertEquals((await ann.allHeard()).map((each) => each.type), ["welcome", "peer-joined"]);
  assertEquals(server.parley.hub.counts().peers, 2);
});

Deno.test("a room ends with its last member", async () => {
  await using server = new SignallingServer();
  const [ann, bo] = [await server.connect(), await server.connect()];
  await join(ann, "tea");
  const boId = await join(bo, "tea");
  await bo.leave();
  assertEquals(at(await ann.hear("peer-left"), "peerId"), boId);
  ann.say({ type: "leave" });
  await ann.allHeard();
  assertEquals(server.parley.hub.counts().rooms, 0);
});

Deno.test("everybody receives chat in one order, the sender with its own ref", async () => {
  await using server = new SignallingServer();
  const clients = [await server.connect(), await server.connect(), await server.connect()];
  for (const client of clients) await join(client, "tea");
  clients.forEach((client, n) => {
    for (let line = 0; line < 3; line++) {
      client.say({ type: "chat", ref: `c${n}-${line}`, text: "<b>hi</b>" });
    }
  });
  const orders: unknown[][] = [];
  for (const client of clients) {
    while (client.heard.filter((each) => each.type === "chat").length < 9) await client.allHeard();
    const lines = client.heard.filter((each) => each.type === "chat");
    orders.push(lines.map((line) => at(line, "line", "ref")));
    assertEquals(lines.map((line) => at(line, "line", "id")), [4, 5, 6, 7, 8, 9, 10, 11, 12]);
  }
  assertEquals(orders[1], orders[0] ?? []);
  assertEquals(orders[2], orders[0] ?? []);
});
