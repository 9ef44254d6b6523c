// The parts that bound what a client may take.

import { assertEquals, assertGreater, assertLess, assertLessOrEqual } from "../../assert.ts";
import { AnswerBudget } from "../../../server/turn/answer_budget.ts";
import { Bandwidth, shareOf } from "../../../server/turn/bandwidth.ts";
import { isPublic } from "../../../server/turn/peer_policy.ts";
import { attributes, methods, numberAttribute } from "../../../server/turn/stun_message.ts";
import { codeOf, Relay } from "./relay_rig.ts";

/** The first and the last address of each special-purpose network, and one beside it. */
const special: readonly (readonly [string, string])[] = [
  ["0.0.0.0", "0.255.255.255"],
  ["10.0.0.0", "10.255.255.255"],
  ["100.64.0.0", "100.127.255.255"],
  ["127.0.0.0", "127.255.255.255"],
  ["169.254.0.0", "169.254.255.255"],
  ["172.16.0.0", "172.31.255.255"],
  ["192.0.0.0", "192.0.0.255"],
  ["192.0.2.0", "192.0.2.255"],
  ["192.31.196.0", "192.31.196.255"],
  ["192.52.193.0", "192.52.193.255"],
  ["192.88.99.0", "192.88.99.255"],
  ["192.168.0.0", "192.168.255.255"],
  ["192.175.48.0", "192.175.48.255"],
  ["198.18.0.0", "198.19.255.255"],
  ["198.51.100.0", "198.51.100.255"],
  ["203.0.113.0", "203.0.113.255"],
  ["224.0.0.0", "239.255.255.255"],
  ["240.0.0.0", "255.255.255.255"],
];
const publicOnes = ["1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0"]
  .concat(["172.15.255.255", "172.32.0.0", "192.0.3.0", "192.167.255.255", "198.20.0.0"])
  .concat(["203.0.114.0", "223.255.255.255", "2a00::1", "2606:4700::1111", "2001:4860:4860::8888"]);

function carried(address: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  return [(a << 8) | b, (c << 8) | d].map((group) => group.toString(16)).join(":");
}

Deno.test("no special-purpose address of IPv4 is public, in none of its forms", () => {
  for (const address of special.flat()) {
    const groups = carried(address);
    const [high = "", low = ""] = groups.split(":");
    const nat64 = URL.parse(`http://[64:ff9b::${groups}]`)?.hostname.slice(1, -1) ?? "";
    const forms = [address, nat64, `0:0:0:0:0:ffff:${groups}`, `::${groups}`, `::ffff:${address}`]
      .concat([`2002:${groups}::1`, `64:ff9b:1::${groups}`, `2001:0:0:1::${high}:${low}`]);
    for (const form of forms) assertEquals(isPublic(form), false, form);
  }
});

Deno.test("no special-purpose address of IPv6 is public", () => {
  const list = ["::", "::1", "100::1", "fc00::1", "fdff::1", "fe80::1", "fec0::1", "ff02::1"]
    .concat(["2001:db8::1", "3fff::1", "5f00::1", "2001:2::1", "2001:10::1", "4000::1"]);
  for (const address of list) assertEquals(isPublic(address), false, address);
});

Deno.test("other addresses are public", () => {
  for (const address of publicOnes) assertEquals(isPublic(address), true, address);
  assertEquals(isPublic("64:ff9b::101:101"), true);
});

Deno.test("what is left of modest shares goes to the others", () => {
  assertEquals(shareOf([10, 20], 100), Infinity);
  assertEquals(shareOf([10, 80, 90], 100), 45);
  assertEquals(shareOf([100, 100, 100, 100], 100), 25);
  assertEquals(shareOf([], 100), Infinity);
});

Deno.test("a peer that floods the relay takes nothing from a modest one", () => {
  let now = 0;
  const bandwidth = new Bandwidth({ total: 100_000, perPeer: Infinity }, () => now);
  const passed = { flood: 0, modest: 0, other: 0 };
  const give = (peerId: keyof typeof passed, bytes: number) => {
    if (bandwidth.take(peerId, bytes)) passed[peerId] += bytes;
  };
  for (; now < 10_000; now += 10) {
    for (let packet = 0; packet < 20; packet++) give("flood", 1_000);
    give("modest", 200);
    give("other", 400);
  }
  const wanted = { modest: 200_000, other: 400_000 };
  assertGreater(passed.modest, 0.98 * wanted.modest);
  assertGreater(passed.other, 0.98 * wanted.other);
  assertLessOrEqual(passed.flood + passed.modest + passed.other, 1_010_000);
  assertGreater(passed.flood, 350_000);
});

Deno.test("one peer has its own bound, though nobody else wants anything", () => {
  let now = 0;
  const bandwidth = new Bandwidth({ total: undefined, perPeer: 50_000 }, () => now);
  let passed = 0;
  for (; now < 1_000; now += 1) if (bandwidth.take("ann", 1_000)) passed += 1_000;
  assertEquals(passed, 50_000);
});

Deno.test("the budget of an address is its own, grows again, and is lifted by a proof", () => {
  const budget = new AnswerBudget();
  const take = (hostname: string, now: number) =>
    budget.take(hostname, { now, asked: 20, answered: 100 });
  const count = (hostname: string, now: number) =>
    Array.from({ length: 1_000 }, () => take(hostname, now)).filter(Boolean).length;
  const first = count("9.9.9.9", 0);
  assertGreater(first, 40);
  // What the requests themselves bring goes on: 20 bytes each.
  assertLess(first, 300);
  assertEquals(count("9.9.9.10", 0), first);
  assertGreater(count("9.9.9.9", 10_000), 40);
  budget.prove("9.9.9.9", 10_000);
  assertEquals(count("9.9.9.9", 10_000), 1_000);
  assertLess(count("9.9.9.9", 4_000_000), 300);
});

Deno.test("ports that are kept for nobody do not pile up", () => {
  const relay = new Relay();
  const ann = relay.member("ann");
  let code: number | undefined;
  for (let index = 0; index < 100 && code === undefined; index++) {
    code = codeOf(ann.allocate([[attributes.evenPort, Uint8Array.of(0x80)]]));
    if (code === undefined) ann.ask(methods.refresh, [numberAttribute(attributes.lifetime, 0)]);
  }
  assertEquals([code, relay.open.size], [508, 64]);
  relay.pass(30);
  assertEquals(relay.open.size, 0);
});

Deno.test("without an IPv4 address the relayed address is one of IPv6", () => {
  const relay = new Relay({ addresses: { ipv6: "2a00::8" } });
  assertEquals(relay.member("ann").relayed().hostname, "2a00::8");
  const asked = [[attributes.requestedAddressFamily, Uint8Array.of(1, 0, 0, 0)]] as const;
  assertEquals(codeOf(relay.member("bob").allocate(asked)), 440);
});
