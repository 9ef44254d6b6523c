// Sealed rooms over real sockets: the server relays and keeps what it cannot read, and lets in by
// the door of a link.

import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { RELAY_SUBPROTOCOL } from "../../protocol/mod.ts";
import { at, type Client, text } from "./client.ts";
import { withFolder } from "./folder.ts";
import { SignallingServer } from "./signalling_server.ts";

/** What a person of a sealed room says of itself; the texts are as random as sealed ones. */
interface Person {
  readonly client: Client;
  readonly peerId: string;
  readonly hello: string;
  readonly card: string;
}

function digits(length: number): string {
  return crypto.getRandomValues(new Uint8Array(length)).toHex().slice(0, length);
}

/** Asks to join "tea" by a link with this door. */
async function ask(
  server: SignallingServer,
  door: string,
  more: Record<string, unknown> = {},
): Promise<Person> {
  const client = await server.connect();
  const person = { client, peerId: digits(32), hello: digits(700), card: digits(300) };
  const { peerId, hello, card } = person;
  client.say({
    type: "join",
    room: "tea",
    name: "",
    sealed: { door, peerId, hello, card },
    ...more,
  });
  return person;
}

async function join(
  server: SignallingServer,
  door = "d",
  more: Record<string, unknown> = {},
): Promise<Person> {
  const person = await ask(server, door, more);
  await person.client.hear("welcome");
  return person;
}

/** The error with which a join by this door ends. */
async function refusal(server: SignallingServer, door: string): Promise<unknown> {
  const { client } = await ask(server, door);
  const error = await client.hear("error");
  await client.closed;
  return at(error, "code");
}

const lines = async ({ client }: Person, of: "recent" | "missed") => {
  const lines = at(await client.hear("welcome"), of);
  assert(Array.isArray(lines));
  return lines.map((line) => [line.name, line.text]);
};

Deno.test("what members of a sealed room send arrives as it was sent", async () => {
  await using server = new SignallingServer();
  const ann = await join(server);
  const bob = await join(server);
  const { hello, card } = ann;
  assertEquals(at(await bob.client.hear("welcome"), "roster", "0", "sealed"), { hello, card });
  const joined = await ann.client.hear("peer-joined");
  assertEquals(text(joined, "peer", "sealed", "card"), bob.card);

  const signal = { kind: "sealed", body: digits(50_000) };
  ann.client.say({ type: "signal", to: bob.peerId, signal });
  assertEquals(at(await bob.client.hear("signal"), "signal"), signal);
  ann.client.say({ type: "card", card: "newer" });
  assertEquals(at(await bob.client.hear("peer-changed"), "card"), "newer");
  const line = digits(24 * 1024);
  ann.client.say({ type: "sealed-line", ref: "r1", text: line });
  assertEquals(text(await bob.client.hear("chat"), "line", "text"), line);
  assertEquals(text(await ann.client.hear("chat"), "line", "ref"), "r1");
  const note = digits(8 * 1024);
  ann.client.say({ type: "note", note });
  assertEquals(await bob.client.hear("note"), { type: "note", from: ann.peerId, note });
  ann.client.say({ type: "hello", hello: "new", card: "newest" });
  const news = await bob.client.hear("peer-hello");
  assertEquals([at(news, "peerId"), at(news, "hello")], [ann.peerId, "new"]);
  assertEquals(server.parley.hub.counts().faults, 0);
});

Deno.test("a sealed signal passes between members with and without envelopes", async () => {
  await using server = new SignallingServer();
  const ann = await join(server);
  const client = await server.connect("/ws", [RELAY_SUBPROTOCOL]);
  const peerId = digits(32);
  const sealed = { door: "d", peerId, hello: "h", card: "c" };
  client.say({ type: "join", room: "tea", name: "", sealed });
  await client.hear("welcome");
  const signal = { kind: "sealed", body: digits(40_000) };
  client.say(`relay ${ann.peerId}\n${JSON.stringify(signal)}`);
  assertEquals(await ann.client.hear("signal"), { type: "signal", from: peerId, signal });
});

Deno.test("a page of the SkyRTC dialect is told why a sealed room refuses it", async () => {
  await using server = new SignallingServer();
  const ann = await join(server);
  const page = await server.connect("/");
  page.event("__join", { room: "tea" });
  const error = await page.hear("_error");
  assertEquals(text(error, "data", "code"), "sealed");
  assertStringIncludes(text(error, "data", "message"), "link");
  assertEquals(await page.closed, 4513);
  assertEquals((await ann.client.allHeard()).map(({ type }) => type), ["welcome"]);
});

Deno.test("late joiners are given the sealed lines, and none without history", async () => {
  for (const chatHistory of ["while-occupied", "none"] as const) {
    await using server = new SignallingServer({ chatHistory });
    const ann = await join(server);
    ann.client.say({ type: "sealed-line", ref: "r1", text: "first" });
    await ann.client.hear("chat");
    const bob = await join(server);
    assertEquals(await lines(bob, "recent"), chatHistory === "none" ? [] : [["", "first"]]);
  }
});

Deno.test("after a restart members come back as they were, and only by the present link", () =>
  withFolder(async (stateDir) => {
    const tokens: string[] = [];
    const ids: string[] = [];
    {
      await using server = new SignallingServer({ stateDir });
      const [ann, bob] = [await join(server), await join(server)];
      for (const { client, peerId } of [ann, bob]) {
        tokens.push(text(await client.hear("welcome"), "resumeToken"));
        ids.push(peerId);
      }
      ann.client.say({ type: "change-door", from: "d", to: "e" });
      assertEquals(text(await bob.client.hear("door-changed"), "door"), "e");
      bob.client.say({ type: "change-door", from: "e", to: "f" });
      assertEquals(text(await bob.client.hear("error"), "code"), "not-owner");
    }
    await using server = new SignallingServer({ stateDir });
    assertEquals(await refusal(server, "d"), "link-changed");
    const [resume, other] = tokens;
    const ann = await join(server, "e", { resume });
    const welcome = await ann.client.hear("welcome");
    assertEquals([at(welcome, "peerId"), at(welcome, "door")], [ids[0], "e"]);
    const bob = await join(server, "e", { resume: other });
    assertEquals(at(await bob.client.hear("welcome"), "peerId"), ids[1]);
    assertEquals(text(await ann.client.hear("peer-joined"), "peer", "sealed", "hello"), bob.hello);
    assertEquals(await refusal(server, "d"), "link-changed");
  }));

Deno.test("a lost member is given the sealed lines that it missed", async () => {
  await using server = new SignallingServer();
  const ann = await join(server);
  const bob = await join(server);
  const { epoch, revision, resumeToken: resume } = await bob.client.hear("welcome");
  bob.client.socket.close(4000);
  await bob.client.closed;
  ann.client.say({ type: "sealed-line", ref: "r1", text: "meanwhile" });
  await ann.client.hear("chat");
  const back = await join(server, "d", { resume, followed: { epoch, revision } });
  assertEquals(await lines(back, "missed"), [["", "meanwhile"]]);
});
