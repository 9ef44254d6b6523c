// Reactions and the pinned line over real sockets.

import { assertEquals } from "../assert.ts";
import { at, type Client } from "./client.ts";
import { SignallingServer } from "./signalling_server.ts";

async function join(
  server: SignallingServer,
  { name, dialect = {} }: { name: string; dialect?: Record<string, unknown> },
): Promise<{ client: Client; peerId: unknown }> {
  const client = await server.connect();
  client.say({ type: "join", room: "tea", name, ...dialect });
  return { client, peerId: at(await client.hear("welcome"), "peerId") };
}

Deno.test("reactions and the pin reach members, newcomers who ask, and who comes back", async () => {
  await using server = new SignallingServer();
  const ann = await join(server, { name: "Ann" });
  const bob = await join(server, { name: "Bob" });
  ann.client.say({ type: "chat", ref: "r1", text: "tea at five" });
  await bob.client.hear("chat");
  const line = { from: ann.peerId, ref: "r1" };
  bob.client.say({ type: "mark", ...line, sign: "heart", on: true });
  const marked = at(await ann.client.hear("marks"), "lines", "0");
  const heart = { sign: "heart", peerId: bob.peerId, name: "Bob" };
  assertEquals(marked, { ...line, marks: [heart] });
  bob.client.say({ type: "pin", ...line, on: true });
  assertEquals(at(await bob.client.hear("error"), "code"), "not-owner");
  ann.client.say({ type: "pin", ...line, on: true });
  assertEquals(at(await bob.client.hear("pinned"), "line", "text"), "tea at five");

  const late = await join(server, { name: "Cem" });
  late.client.say({ type: "ask-marks" });
  assertEquals(at(await late.client.hear("marks"), "lines", "0", "marks"), [heart]);
  const pinned = await late.client.hear("pinned");
  assertEquals([at(pinned, "line", "ref"), at(pinned, "by")], ["r1", "Ann"]);

  const resume = at(await bob.client.hear("welcome"), "resumeToken");
  bob.client.socket.close();
  ann.client.say({ type: "mark", ...line, sign: "eyes", on: true });
  await late.client.hear("marks", late.client.heard.length);
  const again = await join(server, { name: "Bob", dialect: { resume } });
  again.client.say({ type: "ask-marks" });
  const lines = at(await again.client.hear("marks"), "lines", "0", "marks");
  assertEquals(Array.isArray(lines) && lines.length, 2);
  assertEquals(again.peerId, bob.peerId);
});

Deno.test("malformed reactions and unknown signs are refused, and the socket stays", async () => {
  await using server = new SignallingServer();
  const { client, peerId } = await join(server, { name: "Ann" });
  const good = { type: "mark", from: peerId, ref: "r1", sign: "heart", on: true };
  for (const part of [{ sign: "poison" }, { on: 1 }, { more: true }]) {
    client.say({ ...good, ...part });
    const after = client.heard.length;
    assertEquals(at(await client.hear("error", after), "code"), "bad-message");
  }
  client.say(good);
  assertEquals(at(await client.hear("error", client.heard.length), "code"), "no-such-line");
});
