// Nodes of a cluster with real sockets: sockets whose room lives at another node.

import { assertEquals } from "../../assert.ts";
import { closeCode, serverLimits } from "../../../protocol/mod.ts";
import { decodePacket, encodePacket } from "../../../signaling/cluster/link_wire.ts";
import { text } from "../../sockets/client.ts";
import { Nodes } from "./nodes.ts";

Deno.test("a member of a room of another node that joins it again stays the same member", async () => {
  await using nodes = new Nodes();
  const [one, two] = [await nodes.start(), await nodes.start()];
  const ann = await one.join("tea", "Ann");
  const bob = await two.join("tea", "Bob");
  const { peerId, resumeToken } = await bob.hear("welcome");
  // As a page does that has missed a revision.
  const known = bob.heard.length;
  bob.say({ type: "join", room: "tea", name: "Bob", resume: resumeToken });
  const again = await bob.hear("welcome", known);
  assertEquals([again.resumed, again.peerId], [true, peerId]);
  assertEquals(text(again, "roster", "0", "name"), "Ann");
  await bob.allHeard();
  assertEquals((await ann.allHeard()).map(({ type }) => type), ["welcome", "peer-joined"]);
  assertEquals(((await two.ask("GET /rooms/tea")).value.peers as unknown[]).length, 2);
});

Deno.test("nobody is told that a member was closed for its bad messages before the store has it", async () => {
  await using nodes = new Nodes();
  const one = await nodes.start();
  const ann = await one.join("tea", "Ann");
  const bob = await one.join("tea", "Bob");
  await ann.hear("peer-joined");
  await ann.allHeard();
  const { promise, resolve } = Promise.withResolvers<void>();
  const waiting = new Promise<void>((resolve) => nodes.store.onWait = resolve);
  nodes.store.commitsWait = promise;
  for (let n = 0; n < serverLimits.badMessages; n++) bob.say("no message");
  await waiting;
  assertEquals(ann.heard.some(({ type }) => type === "peer-left"), false);
  nodes.store.commitsWait = undefined;
  resolve();
  await ann.hear("peer-left");
  assertEquals(await bob.closed, closeCode("bad-messages"));
  assertEquals(((await one.ask("GET /rooms/tea")).value.peers as unknown[]).length, 1);
});

Deno.test("a socket whose link breaks as soon as the home has answered is closed, and tries again", async () => {
  await using nodes = new Nodes();
  const one = await nodes.start();
  await one.join("tea", "Ann");
  let isBroken = false;
  const two = await nodes.start({}, {
    connect: (id, listener) =>
      Promise.resolve(nodes.store.connect(id, {
        onText: (sent) => {
          listener.onText(sent);
          const packet = decodePacket(sent);
          if (packet?.by !== "home" || isBroken) return;
          isBroken = true;
          // Both texts have arrived at once.
          listener.onText(encodePacket({ ...packet, by: "home-broken", ops: [] }));
        },
        onOnline: (isOnline) => listener.onOnline(isOnline),
      })),
  });
  const bob = await two.server.connect();
  bob.say({ type: "join", room: "tea", name: "Bob" });
  assertEquals(await bob.closed, closeCode("restart"));
  assertEquals(text(await (await two.join("tea", "Bob")).answered, "type"), "welcome");
});

Deno.test("few frames of a socket wait for the home to answer its join", async () => {
  await using nodes = new Nodes();
  const [one, two] = [await nodes.start(), await nodes.start()];
  await one.join("tea", "Ann");
  const { promise, resolve } = Promise.withResolvers<void>();
  nodes.store.commitsWait = promise;
  const bob = await two.server.connect();
  bob.say({ type: "join", room: "tea", name: "Bob" });
  for (let n = 0; n < 100; n++) bob.say({ type: "leave" });
  assertEquals(await bob.closed, closeCode("rate"));
  nodes.store.commitsWait = undefined;
  resolve();
});
