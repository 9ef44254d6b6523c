// Owners' powers over real sockets: what the server lets through, tells and keeps.

import { assertEquals } from "../assert.ts";
import { at, type Client, text } from "./client.ts";
import { withFolder } from "./folder.ts";
import { SignallingServer } from "./signalling_server.ts";

async function join(server: SignallingServer, more: Record<string, unknown> = {}) {
  const client = await server.connect();
  client.say({ type: "join", room: "tea", name: "Ann", ...more });
  return { client, peerId: text(await client.hear("welcome"), "peerId") };
}

/** The answer to the last message of a type. */
function last(client: Client, type: string): Record<string, unknown> | undefined {
  return client.heard.findLast((heard) => heard.type === type);
}

Deno.test("an owner takes the chat away and gives it back, deletes a line, lends, and removes with a reason", () =>
  withFolder(async (stateDir) => {
    await using server = new SignallingServer({ stateDir });
    const { client: ann } = await join(server);
    const { client: bob, peerId } = await join(server, { name: "Bob" });
    bob.say({ type: "chat", ref: "r1", text: "buy cheap tea" });
    const line = await ann.hear("chat");
    ann.say({ type: "delete-line", from: peerId, ref: text(line, "line", "ref") });
    assertEquals(at(await bob.hear("lines-deleted"), "lines"), [{ from: peerId, ref: "r1" }]);
    assertEquals(at(last(bob, "chat") ?? {}, "line", "text"), null);

    ann.say({ type: "set-right", peerId, right: "chat", given: false });
    await bob.hear("powers");
    bob.say({ type: "chat", ref: "r2", text: "again" });
    assertEquals(text(await bob.hear("error"), "code"), "not-allowed");
    ann.say({ type: "set-right", peerId, right: "chat", given: true });
    ann.say({ type: "lend", peerId, lent: true });
    await ann.allHeard();
    await bob.allHeard();
    assertEquals([last(bob, "powers")?.taken, last(bob, "powers")?.lent], [[], [peerId]]);
    assertEquals(last(bob, "owner-key"), undefined, "no key");

    ann.say({ type: "remove-for", peerId, ban: false, reason: "another class" });
    assertEquals([await bob.closed, last(bob, "removed-for")?.reason], [4503, "another class"]);
  }));

Deno.test("hours outlive a restart, and a malformed zone is refused", () =>
  withFolder(async (stateDir) => {
    let key = "";
    {
      await using server = new SignallingServer({ stateDir });
      const { client: ann } = await join(server);
      key = text(await ann.hear("owner-key"), "key");
      ann.say({ type: "set-hours", hours: { zone: "Tea/Garden", spans: [] } });
      assertEquals(text(await ann.hear("error"), "code"), "bad-message");
      ann.say({ type: "set-hours", hours: { zone: "Europe/Berlin", spans: [] } });
      await ann.hear("times");
    }
    await using server = new SignallingServer({ stateDir });
    const late = await server.connect();
    late.say({ type: "join", room: "tea", name: "Cyn" });
    assertEquals([await late.closed, last(late, "outside-hours")?.opens], [4506, null]);
    const { client: ann } = await join(server, { ownerKey: key });
    assertEquals(at(await ann.hear("times"), "hours", "zone"), "Europe/Berlin");
    ann.say({ type: "ask-attendance" });
    assertEquals(at(await ann.hear("attendance"), "stays", "0", "name"), "Ann");
    ann.say({ type: "set-end", inMs: 0 });
    assertEquals([await ann.closed, last(ann, "ended")?.type], [4509, "ended"]);
  }));
