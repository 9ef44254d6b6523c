// Owners over real sockets: real password checks, and what a restart keeps of a room.

import { assert, assertEquals } from "../assert.ts";
import { at, type Client, text } from "./client.ts";
import { withFolder } from "./folder.ts";
import { SignallingServer } from "./signalling_server.ts";

/** Joins room "tea" and waits for the answer, a welcome or a close. */
async function join(
  server: SignallingServer,
  more: Record<string, string> = {},
): Promise<{ client: Client; end: number | undefined }> {
  const client = await server.connect();
  client.say({ type: "join", room: "tea", name: "Ann", ...more });
  const end = await Promise.race([client.closed, client.hear("welcome").then(() => undefined)]);
  return { client, end };
}

/** Sends an owner's message, and waits until everybody has the result. */
async function setRules(client: Client, rules: Record<string, unknown>): Promise<void> {
  client.say({ type: "set-rules", ...rules });
  await client.allHeard();
}

Deno.test("the right password admits, and a wrong one gets another answer than one that came too soon", () =>
  withFolder(async (stateDir) => {
    await using server = new SignallingServer({ stateDir });
    const { client: ann } = await join(server);
    await setRules(ann, { password: "two sugars" });
    assertEquals((await join(server)).end, 4507, "none");
    assertEquals((await join(server, { password: "two sugars" })).end, undefined);
    // The same letters in another normal form.
    await setRules(ann, { password: "caf\u00e9" });
    assertEquals((await join(server, { password: "cafe\u0301" })).end, undefined);
    const ends: (number | undefined)[] = [];
    while (!ends.includes(4511) && ends.length < 12) {
      ends.push((await join(server, { password: `wrong ${ends.length}` })).end);
    }
    assertEquals([ends[0], ends.at(-1)], [4507, 4511]);
    const key = text(await ann.hear("owner-key"), "key");
    assertEquals((await join(server, { ownerKey: key })).end, undefined, "an owner never");
  }));

Deno.test("messages that arrive during a password check are handled after it, in order", () =>
  withFolder(async (stateDir) => {
    await using server = new SignallingServer({ stateDir });
    const { client: ann } = await join(server);
    await setRules(ann, { password: "two sugars" });
    const bo = await server.connect();
    bo.say({ type: "join", room: "tea", name: "Bo", password: "two sugars" });
    bo.say({ type: "chat", ref: "r1", text: "first" });
    bo.say({ type: "chat", ref: "r2", text: "second" });
    const line = await ann.hear("chat");
    assertEquals([at(line, "line", "text"), at(line, "line", "name")], ["first", "Bo"]);
    await ann.hear("chat", ann.heard.indexOf(line) + 1);
  }));

Deno.test("a client that closes during its password check joins no room", () =>
  withFolder(async (stateDir) => {
    await using server = new SignallingServer({ stateDir });
    const { client: ann } = await join(server);
    await setRules(ann, { password: "two sugars" });
    const bo = await server.connect();
    bo.say({ type: "join", room: "tea", name: "Bo", password: "two sugars" });
    await bo.leave();
    // It waits in the same line as Bo's, so by its answer Bo's is over.
    assertEquals((await join(server, { password: "two sugars" })).end, undefined);
    assert(!ann.heard.some((heard) => at(heard, "peer", "name") === "Bo"));
    assertEquals(server.parley.hub.counts().faults, 0);
  }));

Deno.test("a restart keeps password, invites and owners; the file has mode 0600 and no password", () =>
  withFolder(async (stateDir) => {
    let key = "";
    let invite = "";
    {
      await using server = new SignallingServer({ stateDir });
      const { client: ann } = await join(server);
      await setRules(ann, { password: "two sugars" });
      ann.say({ type: "make-invite", role: "member", lifetimeMs: 3_600_000 });
      invite = text(await ann.hear("invites"), "invites", "0", "invite");
      key = text(await ann.hear("owner-key"), "key");
    }
    const file = `${stateDir}/rooms.json`;
    assertEquals(((await Deno.stat(file)).mode ?? 0) & 0o777, 0o600);
    assert(!(await Deno.readTextFile(file)).includes("two sugars"));
    await using server = new SignallingServer({ stateDir });
    assertEquals((await join(server)).end, 4507);
    assertEquals((await join(server, { invite })).end, undefined);
    const { client: owner } = await join(server, { ownerKey: key });
    assertEquals(at(await owner.hear("rules"), "owners"), [
      text(await owner.hear("welcome"), "peerId"),
    ]);
  }));
