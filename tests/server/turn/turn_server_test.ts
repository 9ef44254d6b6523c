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
import { addressOf, codeOf, Relay, udp } from "./relay_rig.ts";

const stranger = { hostname: "11.12.13.14", port: 4_000 };

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
