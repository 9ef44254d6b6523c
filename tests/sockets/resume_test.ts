import { assert, assertEquals } from "../assert.ts";
import { at, type Client } from "./client.ts";
import { RawSocket } from "./raw_socket.ts";
import { SignallingServer } from "./signalling_server.ts";

const join = (more: Record<string, unknown> = {}) => ({
  type: "join",
  room: "tea",
  name: "Ann",
  ...more,
});

async function witness(server: SignallingServer): Promise<Client> {
  const client = await server.connect();
  client.say(join({ name: "Witness" }));
  await client.hear("welcome");
  return client;
}

Deno.test("a broken connection resumes as the same peer, and nobody else is notified", async () => {
  await using server = new SignallingServer();
  const ann = await witness(server);
  const torn = await RawSocket.open(server.port);
  await torn.say(join());
  const { peerId, resumeToken, epoch } = await torn.hear("welcome");
  ann.say({ type: "chat", ref: "r1", text: "before" });
  const { line } = await torn.hear("chat");
  const revision = at({ line }, "line", "id");
  torn.tear();
  // The server has seen the end once the socket is out of its pool.
  while (server.parley.hub.counts().sockets > 1) await ann.allHeard();
  ann.say({ type: "chat", ref: "r2", text: "meanwhile" });
  await ann.allHeard();
  const back = await server.connect();
  back.say(join({ resume: resumeToken, followed: { epoch, revision } }));
  const welcome = await back.hear("welcome");
  assertEquals([at(welcome, "peerId"), at(welcome, "resumed")], [peerId, true]);
  const missed = at(welcome, "missed");
  assert(Array.isArray(missed));
  assertEquals(missed.map((line) => line.text), ["meanwhile"]);
  assertEquals((await ann.allHeard()).map((heard) => heard.type), [
    "welcome",
    "peer-joined",
    "chat",
    "chat",
  ]);
});

Deno.test("the newer of two connections with one token wins, the older gets 4502", async () => {
  await using server = new SignallingServer();
  const ann = await witness(server);
  const older = await server.connect();
  older.say(join());
  const { peerId, resumeToken } = await older.hear("welcome");
  const newer = await server.connect();
  newer.say(join({ resume: resumeToken }));
  assertEquals(at(await newer.hear("welcome"), "peerId"), peerId);
  assertEquals(await older.closed, 4502);
  assertEquals((await ann.allHeard()).map((heard) => heard.type), ["welcome", "peer-joined"]);
});

Deno.test("a reader that stalls is closed and leaves, and the others are not affected", async () => {
  await using server = new SignallingServer();
  const ann = await witness(server);
  const stalled = await RawSocket.open(server.port);
  await stalled.say(join({ name: "Stalled" }));
  const { peerId } = await stalled.hear("welcome");
  const bo = await witness(server);
  const description = { type: "offer", sdp: "s".repeat(32 * 1024) };
  const signal = { type: "signal", to: peerId, signal: { kind: "description", description } };
  // Nobody reads from the stalled connection; the kernel buffers some megabytes first.
  for (let sent = 0; !bo.heard.some((heard) => heard.type === "peer-left"); sent++) {
    assert(sent < 390, "12 MB unread and still a member");
    bo.say(signal);
    if (sent % 10 === 9) await bo.allHeard();
  }
  assertEquals(at(await ann.hear("peer-left"), "peerId"), peerId);
  ann.say({ type: "chat", ref: "r1", text: "still here?" });
  await bo.hear("chat");
  assertEquals(server.parley.hub.counts().faults, 0);
  stalled.tear();
});
