// What the TURN server lets through, and to whom.

import { assertEquals } from "../../assert.ts";
import { attributes, methods, newMask } from "../../../server/turn/stun_message.ts";
import { channelData, dataOf, peerAttribute, Relay } from "./relay_rig.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const stranger = { hostname: "11.12.13.14", port: 4_000 };
const hello = encoder.encode("hello");

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
