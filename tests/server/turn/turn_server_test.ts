// The TURN server, one request at a time.

import {
  assert,
  assertEquals,
  assertGreater,
  assertLessOrEqual,
  assertNotEquals,
} from "../../assert.ts";
import {
  type Attribute,
  attributes,
  methods,
  newMask,
  readNumber,
  readText,
} from "../../../server/turn/stun_message.ts";
import { addressOf, channelData, codeOf, dataOf, peerAttribute, Relay, udp } from "./relay_rig.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const stranger = { hostname: "11.12.13.14", port: 4_000 };
const hello = encoder.encode("hello");

Deno.test("anybody is told the address that they come from", () => {
  const relay = new Relay();
  for (const hostname of ["9.8.7.6", "2a00:1::5"]) {
    const client = relay.member("ann", { address: { hostname, port: 999 } });
    const answer = client.ask(methods.binding);
    assertEquals(addressOf(answer, attributes.xorMappedAddress), { hostname, port: 999 });
  }
});

Deno.test("an allocation needs a signed request, and its answer is signed too", () => {
  const relay = new Relay();
  const ann = relay.member("ann");
  const challenge = ann.ask(methods.allocate, [udp]);
  assertEquals(codeOf(challenge), 401);
  assertEquals(readText(challenge, attributes.realm), "parley");
  ann.nonce = readText(challenge, attributes.nonce) ?? "";
  const answer = ann.ask(methods.allocate, [udp]);
  assertEquals(codeOf(answer), undefined);
  assert(answer.isSignedWith(ann.key));
  assertEquals(readNumber(answer, attributes.lifetime), 600);
  assertEquals(addressOf(answer, attributes.xorMappedAddress), ann.address);
  const relayed = addressOf(answer, attributes.xorRelayedAddress);
  assertEquals(relayed?.hostname, "5.6.7.8");
  assertEquals([...relay.open.keys()].join(), `${relayed?.port}`);
});

Deno.test("only members with the right password allocate, and only while it is valid", () => {
  const relay = new Relay();
  const wrong = relay.member("ann", { password: "guessed" });
  assertEquals(codeOf(wrong.allocate()), 401);
  const expired = relay.member("ann", { username: "1700000000:ann" });
  assertEquals(codeOf(expired.allocate()), 401);
  for (const username of ["ann", "1900000000:", ":ann", "1900000000:ann:x", "1900000000:eve"]) {
    assertEquals(codeOf(relay.member("ann", { username }).allocate()), 401, username);
  }
  assertEquals(relay.server.counts.allocated, 0);
});

Deno.test("a former member's credential is refused, and the allocations end", () => {
  const relay = new Relay();
  const ann = relay.member("ann");
  const bob = relay.member("bob");
  const byTcp = relay.member("ann", { transport: "tcp" });
  ann.relayed();
  byTcp.relayed();
  bob.relayed();
  relay.server.revoke("ann");
  assertEquals(relay.server.counts.allocations, 1);
  assertEquals(relay.open.size, 1);
  assert(byTcp.isClosed);
  assertEquals(codeOf(ann.allocate()), 401);
  assertEquals(codeOf(ann.ask(methods.refresh)), 401);
  relay.server.admit("ann");
  assertEquals(codeOf(ann.allocate()), undefined);
});

Deno.test("a call goes on with an allocation whose credential has expired", () => {
  const relay = new Relay();
  const ann = relay.member("ann", { username: `${Date.UTC(2026, 0, 1) / 1000 + 60}:ann` });
  ann.relayed();
  relay.pass(120);
  assertEquals(codeOf(ann.ask(methods.refresh)), undefined);
  const again = relay.member("ann", { username: ann.username });
  assertEquals(codeOf(again.allocate()), 401);
});

Deno.test("an old nonce is stale, and one of another client too", () => {
  const relay = new Relay();
  const ann = relay.member("ann");
  ann.relayed();
  const thief = relay.member("ann");
  thief.nonce = ann.nonce;
  const refused = thief.ask(methods.allocate, [udp]);
  assertEquals(codeOf(refused), 438);
  thief.nonce = readText(refused, attributes.nonce) ?? "";
  assertEquals(codeOf(thief.ask(methods.allocate, [udp])), undefined);
  for (let quarter = 0; quarter < 7; quarter++) {
    relay.pass(500);
    assertEquals(codeOf(ann.ask(methods.refresh)), undefined);
  }
  relay.pass(101);
  const stale = ann.ask(methods.refresh);
  assertEquals(codeOf(stale), 438);
  assertNotEquals(readText(stale, attributes.nonce), ann.nonce);
});

Deno.test("a request that comes twice has the same answer, a second one is refused", () => {
  const relay = new Relay();
  const ann = relay.member("ann");
  ann.nonce = readText(ann.ask(methods.allocate, [udp]), attributes.nonce) ?? "";
  const mask = newMask();
  const [first, second] = [1, 2].map(() =>
    addressOf(ann.ask(methods.allocate, [udp], mask), attributes.xorRelayedAddress)
  );
  assert(first && second);
  assertEquals(first, second);
  assertEquals(codeOf(ann.ask(methods.allocate, [udp])), 437);
  assertEquals(relay.server.counts.allocated, 1);
});

Deno.test("what a request lacks or asks too much is refused by its own code", () => {
  const relay = new Relay();
  const code = (list: readonly Attribute[], method: number = methods.allocate) => {
    const one = relay.member("ann");
    one.nonce = readText(one.ask(methods.allocate, [udp]), attributes.nonce) ?? "";
    return codeOf(one.ask(method, list));
  };
  const client = relay.member("ann");
  assertEquals(code([]), 400);
  assertEquals(code([[attributes.requestedTransport, Uint8Array.of(6, 0, 0, 0)]]), 442);
  assertEquals(code([udp, [attributes.requestedAddressFamily, Uint8Array.of(3, 0, 0, 0)]]), 440);
  assertEquals(code([udp, [0x001a, new Uint8Array()]]), 420);
  assertEquals(code([udp, [attributes.reservationToken, new Uint8Array(7)]]), 400);
  assertEquals(code([udp, [attributes.reservationToken, new Uint8Array(8)]]), 508);
  for (const method of [methods.refresh, methods.createPermission, methods.channelBind]) {
    assertEquals(code([], method), 437);
  }
  client.relayed();
  assertEquals(client.permit(), 400);
  assertEquals(client.permit({ hostname: "2a00::1", port: 1 }), 443);
  assertEquals(client.bind(0x3fff, stranger), 400);
  assertEquals(client.bind(0x8000, stranger), 400);
  assertEquals(codeOf(client.ask(0x00b)), 400);
  const other = client.ask(methods.refresh, [[
    attributes.requestedAddressFamily,
    Uint8Array.of(2, 0, 0, 0),
  ]]);
  assertEquals(codeOf(other), 443);
});

Deno.test("another member cannot act for an allocation from its client's address", () => {
  const relay = new Relay();
  const ann = relay.member("ann");
  ann.relayed();
  const eve = relay.member("eve", { address: ann.address });
  eve.nonce = ann.nonce;
  assertEquals(codeOf(eve.ask(methods.refresh)), 441);
});

Deno.test("an allocation ends by a lifetime of 0, or unless it is refreshed", () => {
  const relay = new Relay();
  const [ann, bob] = [relay.member("ann"), relay.member("bob")];
  ann.relayed();
  bob.relayed();
  const answer = ann.ask(methods.refresh, [[attributes.lifetime, new Uint8Array(4)]]);
  assertEquals(readNumber(answer, attributes.lifetime), 0);
  assertEquals(relay.server.counts.allocations, 1);
  relay.pass(599);
  assertEquals(codeOf(bob.ask(methods.refresh)), undefined);
  relay.pass(599);
  assertEquals(relay.server.counts.allocations, 1);
  relay.pass(1);
  assertEquals(relay.server.counts.allocations, 0);
  assertEquals(relay.open.size, 0);
});

Deno.test("packets go both ways, by indications and by channels", () => {
  const relay = new Relay();
  const ann = relay.member("ann");
  const { port } = ann.relayed();
  ann.send(stranger, hello);
  relay.arrive(port, { bytes: hello, from: stranger });
  assertEquals([relay.outside.length, ann.got.length], [0, 0], "no permission yet");
  assertEquals(ann.permit(stranger), undefined);
  ann.send(stranger, hello);
  relay.arrive(port, { bytes: hello, from: { ...stranger, port: 5 } });
  assertEquals(dataOf(ann.take()), { from: { ...stranger, port: 5 }, text: "hello" });
  assertEquals(ann.bind(0x4001, stranger), undefined);
  ann.got.length = 0;
  ann.give(channelData(0x4001, encoder.encode("by channel")));
  relay.arrive(port, { bytes: hello, from: stranger });
  assertEquals(ann.got, [channelData(0x4001, hello)]);
  assertEquals(
    relay.outside.map(({ from, to, bytes }) => [from, to.port, decoder.decode(bytes)]),
    [[port, stranger.port, "hello"], [port, stranger.port, "by channel"]],
  );
});

Deno.test("permissions end after five minutes, channels after ten, unless they are renewed", () => {
  const relay = new Relay();
  const ann = relay.member("ann");
  const { port } = ann.relayed();
  ann.bind(0x4001, stranger);
  const arrives = () => {
    ann.got.length = 0;
    relay.arrive(port, { bytes: hello, from: stranger });
    return ann.got.length === 1 && (ann.got[0]?.[0] === 0x40 ? "channel" : "indication");
  };
  assertEquals(arrives(), "channel");
  relay.pass(299);
  assertEquals(arrives(), "channel");
  relay.pass(1);
  assertEquals(arrives(), false);
  ann.permit(stranger);
  assertEquals(arrives(), "channel");
  ann.ask(methods.refresh);
  relay.pass(299);
  ann.permit(stranger);
  relay.pass(1);
  assertEquals(arrives(), "indication");
});

Deno.test("a channel keeps its peer, and a peer its channel", () => {
  const relay = new Relay();
  const ann = relay.member("ann");
  ann.relayed();
  const other = { ...stranger, port: 4_001 };
  assertEquals(ann.bind(0x4001, stranger), undefined);
  assertEquals(ann.bind(0x4001, stranger), undefined);
  assertEquals(ann.bind(0x4001, other), 400);
  assertEquals(ann.bind(0x4002, stranger), 400);
  assertEquals(ann.bind(0x4002, other), undefined);
  const elsewhere = { hostname: "11.0.0.1", port: 1 };
  assertEquals(ann.bind(0x4001, elsewhere), 400);
  ann.send(elsewhere, hello);
  assertEquals(relay.outside, [], "a refused channel permits nothing");
});

Deno.test("two allocations reach each other in memory, and nothing leaves by a port", () => {
  for (const noPorts of [false, true]) {
    const relay = new Relay({ noPorts });
    const ann = relay.member("ann");
    const bob = relay.member("bob", { transport: "tcp" });
    const [hers, his] = [ann.relayed(), bob.relayed()];
    assertEquals([ann.permit(his), bob.permit(hers)], [undefined, undefined]);
    ann.send(his, hello);
    assertEquals(dataOf(bob.take()), { from: hers, text: "hello" });
    assertEquals(bob.bind(0x4005, hers), undefined);
    ann.send(his, hello);
    assertEquals(bob.got.splice(0), [new Uint8Array([...channelData(0x4005, hello), 0, 0, 0])]);
    bob.give(new Uint8Array([...channelData(0x4005, hello), 0, 0, 0]));
    assertEquals(dataOf(ann.take()), { from: his, text: "hello" });
    assertEquals(relay.outside, []);
    assertEquals(relay.server.counts.joined, 15);
  }
});

Deno.test("a packet never goes to another port of this machine", () => {
  const relay = new Relay({ isPeerAllowed: (hostname) => hostname !== "5.6.7.8" });
  const [ann, bob] = [relay.member("ann"), relay.member("bob")];
  ann.relayed();
  const his = bob.relayed();
  assertEquals(ann.permit({ ...his, port: 53 }), 403);
  assertEquals(ann.permit(his), undefined);
  ann.send({ ...his, port: 53 }, hello);
  bob.ask(methods.refresh, [[attributes.lifetime, new Uint8Array(4)]]);
  ann.send(his, hello);
  assertEquals(relay.outside, []);
  assertEquals(relay.server.counts.drops.peer, 2);
});

Deno.test("addresses that are not public are refused, in every form", () => {
  const relay = new Relay();
  const ann = relay.member("ann");
  ann.relayed();
  const sixth = relay.member("ann");
  sixth.relayed([[attributes.requestedAddressFamily, Uint8Array.of(2, 0, 0, 0)]]);
  for (const hostname of ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.0.1", "224.0.0.1"]) {
    assertEquals(ann.permit({ hostname, port: 80 }), 403, hostname);
    assertEquals(ann.permit(stranger, { hostname, port: 80 }), 403, `${hostname} among others`);
    assertEquals(ann.bind(0x4001, { hostname, port: 80 }), 403, hostname);
  }
  for (const hostname of ["::1", "0:0:0:0:0:ffff:7f00:1", "0:0:0:0:0:ffff:808:808", "fc00::1"]) {
    assertEquals(sixth.permit({ hostname, port: 80 }), 403, hostname);
  }
  ann.send(stranger, hello);
  assertEquals(relay.outside, [], "a refused request permits nothing");
});

Deno.test("a pair of ports is an even one and the next, which the token takes", () => {
  const relay = new Relay();
  const ann = relay.member("ann");
  const answer = ann.allocate([[attributes.evenPort, Uint8Array.of(0x80)]]);
  const first = addressOf(answer, attributes.xorRelayedAddress)?.port ?? 1;
  const token = answer.found.get(attributes.reservationToken);
  assert(token);
  assertEquals([first % 2, relay.open.size], [0, 2]);
  const second = relay.member("ann").relayed([[attributes.reservationToken, token]]);
  assertEquals(second.port, first + 1);
  assertEquals(codeOf(relay.member("ann").allocate([[attributes.reservationToken, token]])), 508);
  relay.member("bob").allocate([[attributes.evenPort, Uint8Array.of(0x80)]]);
  assertEquals(relay.open.size, 4);
  relay.pass(30);
  assertEquals(relay.open.size, 3, "nobody came with the token");
  for (let index = 0; index < 20; index++) {
    const { port } = relay.member("cem").relayed([[attributes.evenPort, Uint8Array.of(0)]]);
    assertEquals(port % 2, 0);
  }
});

Deno.test("ports that cannot be opened are passed over, and none at all is an error", () => {
  const relay = new Relay();
  for (let port = 50_000; port < 50_999; port++) if (port % 4 > 0) relay.refused.add(port);
  assertEquals(relay.member("ann").relayed().port % 4, 0);
  for (let port = 50_000; port < 51_000; port++) relay.refused.add(port);
  assertEquals(codeOf(relay.member("ann").allocate()), 508);
});

Deno.test("no two allocations have the same port, and one that has ended gives it back", () => {
  const relay = new Relay({ noPorts: true, range: [50_000, 50_001] });
  const clients = ["ann", "bob", "cem"].map((peerId) => relay.member(peerId));
  const codes = clients.map((client) => codeOf(client.allocate()));
  assertEquals(codes, [undefined, undefined, 508]);
  relay.server.revoke("ann");
  assertEquals(codeOf(relay.member("cem").allocate()), undefined);
});

Deno.test("a member has so many allocations, and everybody together too", () => {
  const relay = new Relay({ limits: { allocationsPerPeer: 3, allocations: 4 } });
  const codes = (peerId: string) =>
    Array.from({ length: 4 }, () => codeOf(relay.member(peerId).allocate()));
  assertEquals(codes("ann"), [undefined, undefined, undefined, 486]);
  assertEquals(codes("bob"), [undefined, 508, 508, 508]);
  assertEquals(relay.server.counts.refusals[486], 1);
});

Deno.test("permissions and channels of one allocation have an end", () => {
  const relay = new Relay();
  const [ann, bob] = [relay.member("ann"), relay.member("bob")];
  ann.relayed();
  bob.relayed();
  const hosts = Array.from(
    { length: 200 },
    (_, index) => ({ hostname: `11.0.0.${index}`, port: 1 }),
  );
  const permitted = hosts.map((peer) => ann.permit(peer));
  const bound = hosts.map((_, index) => bob.bind(0x4000 + index, { ...stranger, port: 1 + index }));
  for (const codes of [permitted, bound]) {
    assertEquals(codes.indexOf(508), 128);
    assertEquals(new Set(codes.slice(128)), new Set([508]));
  }
  assertEquals(
    ann.permit(...hosts.slice(0, 128)),
    undefined,
    "those that there are can be renewed",
  );
});

Deno.test("before a client has shown a nonce it gets as many bytes as it sends, and a little", () => {
  const relay = new Relay();
  const eve = relay.member("eve");
  let sent = 0;
  for (let index = 0; index < 2_000; index++) {
    const bytes = index % 2 === 0
      ? eve.request(methods.allocate, [udp])
      : eve.request(methods.binding);
    sent += bytes.length;
    eve.give(bytes);
  }
  const got = eve.got.reduce((sum, { length }) => sum + length, 0);
  assertLessOrEqual(got, sent + 4_096);
  assertGreater(relay.server.counts.drops.budget, 0);
  const ann = relay.member("ann", { address: { hostname: "9.9.9.10", port: 1 } });
  ann.relayed();
  ann.nonce = "";
  ann.got.length = 0;
  for (let index = 0; index < 2_000; index++) ann.give(ann.request(methods.binding));
  assertEquals(ann.got.length, 2_000);
});

Deno.test("what is no message, or of nobody, changes nothing", () => {
  const relay = new Relay();
  const eve = relay.member("eve");
  const mask = newMask();
  eve.give(new Uint8Array());
  eve.give(Uint8Array.of(0x40));
  eve.give(channelData(0x4001, hello));
  const ann = relay.member("ann");
  ann.relayed();
  ann.bind(0x4001, stranger);
  ann.give(channelData(0x4001, hello).subarray(0, 8));
  eve.give(Uint8Array.of(0x80, 1, 2, 3));
  eve.send(stranger, hello);
  eve.give(eve.request(methods.binding, [peerAttribute(stranger, mask)], mask).subarray(1));
  assertEquals(eve.got, []);
  assertEquals([relay.outside.length, relay.server.counts.drops.malformed], [0, 7]);
});

Deno.test("a stream that is no message, or too long without an allocation, is closed", () => {
  const relay = new Relay();
  const foreign = relay.member("eve", { transport: "tcp" });
  foreign.give(encoder.encode("GET / HTTP/1.1\r\n"));
  const long = relay.member("eve", { transport: "tcp" });
  long.give(
    long.request(methods.allocate, [[attributes.data, new Uint8Array(2_000)]]).subarray(0, 40),
  );
  assertEquals([foreign.isClosed, long.isClosed], [true, true]);
  const ann = relay.member("ann", { transport: "tls" });
  ann.relayed();
  ann.permit(stranger);
  ann.send(stranger, new Uint8Array(2_000));
  assertEquals([ann.isClosed, relay.outside[0]?.bytes.length], [false, 2_000]);
  ann.stream?.close();
  assertEquals(relay.server.counts.allocations, 0);
});
