// Nodes of a cluster with real sockets: rooms of one node, seen and changed from another.

import { createHash } from "node:crypto";
import { assertEquals, assertLess, assertRejects } from "../../assert.ts";
import { closeCode } from "../../../protocol/mod.ts";
import { RoomsUnavailable } from "../../../signaling/mod.ts";
import { at, text } from "../../sockets/client.ts";
import { RawSocket } from "../../sockets/raw_socket.ts";
import { type Node, Nodes } from "./nodes.ts";

Deno.test("people at two nodes are in one room: they see each other, and lines reach both", async () => {
  await using nodes = new Nodes();
  const [one, two] = [await nodes.start(), await nodes.start()];
  const ann = await one.join("tea", "Ann");
  const bob = await two.join("tea", "Bob");
  assertEquals(text(await bob.hear("welcome"), "roster", "0", "name"), "Ann");
  assertEquals(text(await ann.hear("peer-joined"), "peer", "name"), "Bob");
  bob.say({ type: "chat", ref: "r1", text: "hello" });
  assertEquals(text(await ann.hear("chat"), "line", "text"), "hello");
  assertEquals(text(await bob.hear("chat"), "line", "text"), "hello");
  const { homes, farSockets, links } = two.cluster.health;
  assertEquals({ homes, farSockets, links }, { homes: 0, farSockets: 1, links: 1 });
  assertEquals(one.cluster.health.homes, 1);
  assertEquals(two.server.parley.hub.counts(), { rooms: 0, peers: 0, sockets: 1, faults: 0 });
});

Deno.test("every node lists all rooms, and shows and changes those of another node", async () => {
  await using nodes = new Nodes();
  const [one, two] = [await nodes.start(), await nodes.start()];
  const ann = await one.join("tea", "Ann");
  assertEquals((await two.ask("POST /rooms", { name: "cake", capacity: 3 })).status, 201);
  for (const node of [one, two]) {
    const { value } = await node.ask("GET /rooms");
    const rooms = value.rooms as { name: string; peers: number }[];
    assertEquals(
      rooms.map(({ name, peers }) => [name, peers]).toSorted(),
      [["cake", 0], ["tea", 1]],
    );
  }
  const changed = await two.ask("PATCH /rooms/tea", { knocking: true, password: "two sugars" });
  assertEquals(at(changed.value, "rules", "knocking"), true);
  assertEquals(at(changed.value, "rules", "password"), true);
  assertEquals(at(changed.value, "peers", "0", "name"), "Ann");
  await ann.allHeard();
  assertEquals(ann.heard.findLast(({ type }) => type === "rules")?.knocking, true);
  const made = await two.ask("POST /rooms/tea/invites", { role: "member" });
  assertEquals(made.status, 201);
  assertEquals((await two.ask(`DELETE /rooms/tea/invites/${made.value.inviteId}`)).status, 204);
  assertEquals((await one.ask("GET /rooms/tea")).value.invites, []);
  const annId = text(await ann.hear("welcome"), "peerId");
  assertEquals((await two.ask(`DELETE /rooms/tea/peers/${annId}`)).status, 204);
  assertEquals((await two.ask("GET /rooms/tea")).value.peers, []);
  await ann.closed;
});

Deno.test("a command for a room of another node is answered once its result is in the store", async () => {
  await using nodes = new Nodes();
  const [one, two] = [await nodes.start(), await nodes.start()];
  await one.join("tea", "Ann");
  const { promise, resolve } = Promise.withResolvers<void>();
  const waiting = new Promise<void>((resolve) => nodes.store.onWait = resolve);
  nodes.store.commitsWait = promise;
  let isAnswered = false;
  const patched = two.ask("PATCH /rooms/tea", { locked: true }).finally(() => isAnswered = true);
  await waiting;
  // An answer that does not wait is faster than a handshake.
  await two.server.connect();
  assertEquals(at((await two.ask("GET /rooms/tea")).value, "rules", "locked"), false);
  assertEquals(isAnswered, false);
  nodes.store.commitsWait = undefined;
  resolve();
  assertEquals(at((await patched).value, "rules", "locked"), true);
});

Deno.test("entry pages at another node learn who is inside by one reading of the record a second", async () => {
  await using nodes = new Nodes();
  const [one, two] = [await nodes.start(), await nodes.start()];
  await one.join("tea", "Ann");
  const before = nodes.store.reads;
  const { hub } = two.server.parley;
  const asked = await Promise.all(Array.from({ length: 20 }, () => hub.inside("tea")));
  for (const insiders of asked) assertEquals(insiders?.map(({ name }) => name), ["Ann"]);
  assertEquals(nodes.store.reads - before, 1);
  const afterBob = await two.join("cake", "Bob").then(() => hub.inside("cake"));
  assertEquals(afterBob?.map(({ name }) => name), ["Bob"]);
});

Deno.test("a person who is away is shown as away by every node", async () => {
  await using nodes = new Nodes();
  const [one, two] = [await nodes.start(), await nodes.start()];
  const ann = await one.join("tea", "Ann");
  const torn = await RawSocket.open(one.server.port);
  await torn.say({ type: "join", room: "tea", name: "Bob" });
  await torn.hear("welcome");
  assertEquals(await awayIn(two), [false, false]);
  torn.tear();
  await ann.hear("peer-away");
  assertEquals(await awayIn(two), [false, true]);
});

async function awayIn(node: Node): Promise<unknown> {
  const { peers } = (await node.ask("GET /rooms/tea")).value;
  return (peers as { away: boolean }[]).map(({ away }) => away);
}

Deno.test("a person moves to a device at another node, and nobody sees them leave", async () => {
  await using nodes = new Nodes();
  const [one, two] = [await nodes.start(), await nodes.start()];
  const bob = await one.join("tea", "Bob");
  const laptop = await one.join("tea", "Ann");
  const annId = text(await laptop.hear("welcome"), "peerId");
  await bob.hear("peer-joined");
  const code = "c".repeat(43);
  const claim = createHash("sha256").update(code).digest("base64url");
  laptop.say({ type: "offer-move", claim, parcel: "parcel" });
  await laptop.hear("move-offered");
  const phone = await two.server.connect();
  phone.say({ type: "claim-move", room: "tea", claim: code });
  const { resume, parcel } = await phone.hear("move-parcel");
  assertEquals(parcel, "parcel");
  phone.say({ type: "join", room: "tea", name: "Ann", resume });
  const welcome = await phone.hear("welcome");
  assertEquals([text(welcome, "peerId"), welcome.resumed], [annId, true]);
  assertEquals(await laptop.closed, closeCode("replaced"));
  phone.say({ type: "chat", ref: "r1", text: "from the phone" });
  assertEquals(text(await bob.hear("chat"), "line", "from"), annId);
  const types = bob.heard.map(({ type }) => type);
  assertEquals(types.filter((type) => /^peer-(left|joined|away)$/.test(String(type))), [
    "peer-joined",
  ]);
});

Deno.test("while the store is away, questions are answered 503 and rooms of one node go on", async () => {
  await using nodes = new Nodes();
  const [one, two] = [await nodes.start(), await nodes.start()];
  const ann = await one.join("tea", "Ann");
  const bob = await one.join("tea", "Bob");
  nodes.store.turn(false);
  for (const line of ["GET /rooms", "GET /rooms/tea", "GET /nodes", "DELETE /rooms/tea"]) {
    const { status, value } = await two.ask(line);
    assertEquals(status, 503, line);
    assertEquals(value.error, "the store of rooms does not answer; try again in 2 s", line);
  }
  await assertRejects(() => two.server.parley.hub.inside("tea"), RoomsUnavailable);
  assertEquals(two.cluster.trouble, "the store of rooms does not answer");
  ann.say({ type: "chat", ref: "r1", text: "on an island" });
  assertEquals(text(await bob.hear("chat"), "line", "text"), "on an island");
  assertEquals(text(await (await one.join("new", "Cy")).hear("error"), "code"), "overload");
  nodes.store.turn(true);
  assertEquals(two.cluster.trouble, undefined);
  assertEquals((await two.ask("GET /rooms/tea")).status, 200);
  assertEquals(text(await (await two.join("tea", "Cy")).answered, "type"), "welcome");
  assertEquals(one.server.parley.hub.counts().faults, 0);
});

Deno.test("a node that starts without the store refuses people in words until it has the key", async () => {
  await using nodes = new Nodes();
  nodes.store.turn(false);
  const node = await nodes.start();
  assertEquals(node.cluster.trouble, "the store of rooms does not answer");
  const early = await node.join("tea", "Ann");
  assertEquals(text(await early.answered, "code"), "overload");
  assertEquals((await node.ask("GET /rooms")).status, 503);
  nodes.store.turn(true);
  assertEquals(await node.cluster.joined, { isFirst: true });
  assertEquals(node.cluster.trouble, undefined);
  const ann = await node.join("tea", "Ann");
  assertEquals(text(await ann.answered, "type"), "welcome");
});

Deno.test("a room whose record cannot be read keeps the rules that its owners have decided", async () => {
  await using nodes = new Nodes();
  const one = await nodes.start();
  await one.ask("POST /rooms", { name: "tea", knocking: true });
  const { state } = nodes.store;
  await nodes.stop(one);
  // As another version may have written it.
  const kept = state.read("tea")?.get("kept") ?? "";
  const set = new Map([["kept", kept], ["head", "nothing that this version knows"]]);
  const { fence } = state.take("other", "tea") as { fence: number };
  state.commit("other", {
    lease: { room: "tea", fence },
    change: { whole: true, set, remove: [] },
  });
  state.release("other", { lease: { room: "tea", fence }, forget: false });
  const two = await nodes.start();
  const ann = await two.join("tea", "Ann");
  assertEquals((await ann.answered).type, "knocking");
  await two.server.parley.log.written(10_000);
});

Deno.test("of nodes that start together exactly one is the first of the cluster", async () => {
  await using nodes = new Nodes();
  const started = await Promise.all([nodes.start(), nodes.start(), nodes.start()]);
  const joined = await Promise.all(started.map(({ cluster }) => cluster.joined));
  assertEquals(joined.filter(({ isFirst }) => isFirst).length, 1);
});

Deno.test("a node that cannot read the key yet refuses newcomers and asks again", async () => {
  await using nodes = new Nodes();
  let isReadable = false;
  const node = await nodes.start({}, {
    connect: (id, listener) => {
      const store = nodes.store.connect(id, listener);
      const sharedKey = (offered: Uint8Array) =>
        isReadable ? store.sharedKey(offered) : Promise.reject(new Error("no answer"));
      return Promise.resolve(Object.assign(Object.create(store), { sharedKey }));
    },
  });
  assertEquals(node.cluster.trouble, "waiting for the signing key of the cluster");
  const early = await node.join("tea", "Ann");
  assertEquals(text(await early.answered, "code"), "overload");
  isReadable = true;
  await node.cluster.joined;
  assertEquals(node.cluster.trouble, undefined);
  const ann = await node.join("tea", "Ann");
  assertEquals(text(await ann.answered, "type"), "welcome");
});

Deno.test("every node signs with the key of the first, and keeps it in the store", async () => {
  await using nodes = new Nodes();
  const [one, two] = [await nodes.start(), await nodes.start()];
  const claims = { room: "tea", founded: 1, expires: Date.now() + 60_000 };
  const key = one.cluster.tokens.ownerKey.mint(claims);
  assertEquals(two.cluster.tokens.ownerKey.read(key, Date.now()), claims);
  nodes.store.turn(false);
  nodes.store.state.lose();
  nodes.store.turn(true);
  const three = await nodes.start();
  assertEquals(three.cluster.tokens.ownerKey.read(key, Date.now()), claims);
  const given = new Uint8Array(32).fill(7);
  const four = await nodes.start({}, { key: given });
  assertEquals(four.cluster.tokens.ownerKey.read(key, Date.now()), undefined);
});

Deno.test("the nodes are listed with what they have, and the one that answers", async () => {
  await using nodes = new Nodes();
  const [one, two] = [await nodes.start(), await nodes.start()];
  const { value } = await two.ask("GET /nodes");
  const listed = value.nodes as { node: string; takesRooms: boolean; answering: boolean }[];
  assertEquals(
    listed.map(({ node, takesRooms, answering }) => [node, takesRooms, answering]),
    [[one.cluster.id, true, false], [two.cluster.id, true, true]].toSorted(),
  );
  await nodes.stop(one);
  const { value: later } = await two.ask("GET /nodes");
  assertEquals((later.nodes as { node: string }[]).map(({ node }) => node), [two.cluster.id]);
});

Deno.test("rules that a server kept alone are given to the store once, which keeps its own", async () => {
  const keptRules = (capacity: number) => ({
    ...{ founded: 1, locked: false, knocking: true, password: "", chat: "everyone" } as const,
    ...{ screen: "everyone", files: "everyone", capacity, invites: [], invitesMade: 0 } as const,
    ...{ reserved: true, emptySince: Date.now() },
  });
  await using nodes = new Nodes();
  let timesAside = 0;
  const setAside = () => timesAside++;
  const rooms = [["tea", keptRules(3)], ["cake", keptRules(4)]] as const;
  await nodes.start({}, { keptAlone: { rooms, setAside } });
  const changed = [["tea", keptRules(5)], ["pie", keptRules(6)]] as const;
  const two = await nodes.start({}, { keptAlone: { rooms: changed, setAside } });
  const { value } = await two.ask("GET /rooms");
  const found = (value.rooms as { name: string; rules: { capacity: number } }[])
    .map(({ name, rules }) => [name, rules.capacity]);
  assertEquals(found.toSorted(), [["cake", 4], ["pie", 6], ["tea", 3]]);
  assertEquals(timesAside, 2);
  const ann = await two.join("tea", "Ann");
  assertEquals((await ann.answered).type, "knocking");
});

Deno.test("a socket that joins one new room after another is closed before it has asked for many", async () => {
  await using nodes = new Nodes();
  const one = await nodes.start();
  const client = await one.server.connect();
  for (let n = 0; n < 400; n++) client.say({ type: "join", room: `r${n}`, name: "Ann" });
  assertEquals(await client.closed, closeCode("rate"));
  assertLess(nodes.store.takes, 45);
});

Deno.test("after a loss in which a new node brought another key, nodes share that one, and read old tokens", async () => {
  await using nodes = new Nodes();
  const one = await nodes.start();
  const ann = await one.join("tea", "Ann");
  const { peerId, resumeToken: resume } = await ann.hear("welcome");
  nodes.store.turn(false);
  nodes.store.state.lose();
  nodes.store.state.sharedKey(new Uint8Array(32).fill(7));
  nodes.store.turn(true);
  const again = await one.join("tea", "Ann", { resume });
  const welcome = await again.hear("welcome");
  assertEquals([welcome.resumed, welcome.peerId], [true, peerId]);
  const two = await nodes.start();
  const third = await two.join("tea", "Ann", { resume: welcome.resumeToken });
  assertEquals((await third.hear("welcome")).peerId, peerId);
});

Deno.test("where nothing takes place without the store, people of the home start over too, and nobody has left", async () => {
  await using nodes = new Nodes();
  const [one, two] = [await nodes.start(), await nodes.start()];
  const ann = await one.join("tea", "Ann");
  const bob = await two.join("tea", "Bob");
  const seats = await Promise.all([ann, bob].map(async (client) => {
    const { peerId, resumeToken } = await client.hear("welcome");
    return { peerId, resume: resumeToken };
  }));
  nodes.store.turn(false);
  assertEquals(await Promise.all([ann.closed, bob.closed]), [1012, 1012]);
  nodes.store.turn(true);
  // Each through the node of the other.
  for (const [index, node] of [two, one].entries()) {
    const { peerId, resume } = seats[index] ?? {};
    const client = await node.join("tea", "again", { resume });
    const { resumed, peerId: again, roster } = await client.hear("welcome");
    assertEquals([resumed, again, Array.isArray(roster) && roster.length], [true, peerId, 1]);
  }
});
