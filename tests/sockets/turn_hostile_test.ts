// Clients of the relay that break its rules, over real sockets, against the real process.

import { createSocket } from "node:dgram";
import { assert, assertEquals } from "../assert.ts";
import type { Endpoint } from "../../server/turn/endpoint.ts";
import {
  attributes,
  methods,
  newMask,
  numberAttribute,
  writeStun,
} from "../../server/turn/stun_message.ts";
import { requestOf, udp } from "../server/turn/relay_rig.ts";
import { RelayServer } from "./relay_server.ts";
import type { Granted } from "./turn_client.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

Deno.test("the relay obeys nobody without the right name, password and nonce", async () => {
  await using relay = await RelayServer.start();
  await using ann = await relay.join();
  const { username, password } = ann.granted;
  const [expiry, peerId] = username.split(":");
  const wrong: Record<string, Granted> = {
    "another password": { username, password: password.replace(/./, "!") },
    "no password": { username, password: "" },
    "a later expiry": { username: `${Number(expiry) + 1}:${peerId}`, password },
    "a stranger": { username: `${expiry}:${crypto.randomUUID()}`, password },
    "no peer": { username: `${expiry}:`, password },
    "a long name": { username: "a".repeat(509), password },
    "no text": { username: "\ud800:\0", password },
  };
  using client = await relay.client("udp");
  for (const [what, granted] of Object.entries(wrong)) {
    assertEquals(await client.allocate(granted), 401, what);
  }
  await client.become(ann.granted);
  const signed = client.request(methods.allocate, [udp]);
  for (const index of [9, 27, signed.length - 5]) {
    const changed = signed.with(index, (signed[index] ?? 0) ^ 1);
    assertEquals(await client.codeFor(changed), 401, `byte ${index}`);
  }
  using elsewhere = await relay.client("udp");
  assertEquals(await elsewhere.codeFor(signed), 438, "the nonce is of another address");
  for (const nonce of ["x", "A".repeat(16), "\0".repeat(200)]) {
    const request = requestOf({ ...client.signer, nonce }, {
      method: methods.allocate,
      list: [udp],
    });
    assertEquals(await client.codeFor(request), 438, nonce);
  }
  assertEquals(await client.codeFor(signed), undefined);
  relay.expectNoFaults();
});

/** Messages that are cut off, or lie about their lengths. */
function malformed(valid: Uint8Array): Uint8Array[] {
  const lying = (at: number) => (length: number) => {
    const bytes = valid.slice();
    new DataView(bytes.buffer).setUint16(at, length);
    return bytes;
  };
  return [
    ...[0, 4, valid.length - 24, valid.length - 16, 0xfffc, 0xffff].map(lying(2)),
    ...[0, 1, 5, 1_000, 0xffff].map(lying(22)),
    // Of the signature, which is last; it has padding then.
    ...[17, 18, 19].map(lying(valid.length - 22)),
    ...[0, 1, 3, 4, 19, 20, 23, valid.length - 1].map((end) => valid.slice(0, end)),
    new Uint8Array([...valid, 0]),
    new Uint8Array([...valid, ...valid]),
  ];
}

/** Attributes that are larger than anything a client has to say. */
function oversize(): Uint8Array[] {
  const types = [attributes.username, attributes.nonce, attributes.data, 0x8022, 0x7fff];
  return types.flatMap((type) =>
    [1_400, 60_000].map((size) =>
      writeStun({
        method: methods.allocate,
        kind: "request",
        mask: newMask(),
        list: [udp, [type, new Uint8Array(size)]],
      })
    )
  );
}

Deno.test("cut-off, lying and oversize messages get errors or nothing, over UDP, TCP and TLS", async () => {
  await using relay = await RelayServer.start(["--tls-self-signed"]);
  await using ann = await relay.join();
  using client = await relay.client("udp");
  await client.become(ann.granted);
  const valid = client.request(methods.allocate, [udp]);
  const messages = [...malformed(valid), ...oversize()];
  for (const bytes of messages) {
    const answers = await client.answersTo(bytes);
    assert(answers.every(({ kind }) => kind === "error"), bytes.toHex());
  }
  for (const transport of ["tcp", "tls"] as const) {
    for (const bytes of messages) {
      using stream = await relay.client(transport);
      await stream.send(bytes);
    }
    using stream = await relay.client(transport);
    assertEquals(await stream.codeFor(valid), 438);
    // A stream is closed at the length, before the message is there.
    await stream.send(oversize()[1] ?? valid).catch(() => {});
    assertEquals(await stream.rest(), []);
  }
  assertEquals(await client.codeFor(valid), undefined);
  relay.expectNoFaults();
});

/**
 * Addresses in each special-purpose network of the IANA registries for IPv4, and multicast, which
 * is in another registry.
 */
const specialIpv4 = [
  ...["0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.255"],
  ...["169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.8", "192.0.0.9"],
  ...["192.0.0.10", "192.0.0.170", "192.0.0.171", "192.0.2.1", "192.31.196.1", "192.52.193.1"],
  ...["192.88.99.1", "192.168.0.1", "192.175.48.1", "198.18.0.1", "198.19.255.255"],
  ...["198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1"],
  ...["255.255.255.255"],
];
/** Of the registry for IPv6, multicast, and what was special once. */
const specialIpv6 = [
  ...["::", "::1", "64:ff9b:1::1", "100::1", "100:0:0:1::1", "2001::1", "2001:1::1", "2001:2::1"],
  ...["2001:3::1", "2001:4:112::1", "2001:10::1", "2001:20::1", "2001:30::1", "2001:db8::1"],
  ...["2002::1", "2620:4f:8000::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1"],
  ...["fec0::1", "ff02::1", "4000::1"],
];

/** Forms of IPv6 that carry an address of IPv4: compatible, mapped, translated, NAT64, 6to4. */
function carrying(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  const groups = [(a << 8) | b, (c << 8) | d].map((group) => group.toString(16)).join(":");
  // The relay reads these bytes of an address, whatever text it makes of them.
  return [`::${groups}`, `0:0:0:0:0:ffff:${groups}`, `::ffff:0:${groups}`]
    .concat([`64:ff9b::${groups}`, `64:ff9b:1::${groups}`, `2002:${groups}::1`]);
}

Deno.test("no member is relayed to a special address, in whichever form, or to this machine", async () => {
  // As behind NAT: addresses that no interface has.
  const outer = ["8.8.8.8", "2001:4860:4860::8888"];
  await using relay = await RelayServer.start(["--turn-address", outer.join()]);
  await using ann = await relay.join();
  const own = Deno.networkInterfaces().map(({ address }) => address);
  own.push(...outer, ...carrying("8.8.8.8"));
  const families = { 1: [...specialIpv4], 2: [...specialIpv6, ...specialIpv4.flatMap(carrying)] };
  for (const [family, special] of Object.entries(families)) {
    using client = await relay.client("udp");
    const asked = numberAttribute(attributes.requestedAddressFamily, Number(family) << 24);
    const relayed = await client.allocate(ann.granted, [asked]);
    // A machine without IPv6 can open no port of it.
    if (relayed === 508 && family === "2") continue;
    assert(typeof relayed === "object", `refused: ${relayed}`);
    const here = own.filter((address) => address.includes(":") === (family === "2"));
    for (const hostname of [...special, ...here]) {
      const peer = { hostname, port: 80 };
      assertEquals([hostname, await client.permit(peer)], [hostname, 403]);
      assertEquals([hostname, await client.bind(0x4000, peer)], [hostname, 403]);
    }
    const other = family === "1" ? "2606:4700::1111" : "1.1.1.1";
    assertEquals(await client.permit({ hostname: other, port: 80 }), 443);
    const open = family === "1" ? "1.1.1.1" : "2606:4700::1111";
    assertEquals(await client.permit({ hostname: open, port: 80 }), undefined);
  }
  relay.expectNoFaults();
});

Deno.test("who has left is relayed no longer, and their credential is worth nothing", async () => {
  await using relay = await RelayServer.start();
  await using ann = await relay.join();
  await using bob = await relay.join();
  using client = await relay.client("udp");
  using stream = await relay.client("tcp");
  using other = await relay.client("udp");
  const relayed = await client.relayed(ann.granted);
  await stream.relayed(ann.granted);
  await other.relayed(bob.granted);
  assertEquals(await other.permit(relayed), undefined);
  await ann.leave();
  assertEquals(await other.permit(relayed), 403, "nobody has this address");
  assertEquals(await stream.rest(), [], "the connection is closed");
  assertEquals(await client.codeFor(client.request(methods.refresh)), 401);
  assertEquals(await client.allocate(ann.granted), 401);
  assertEquals(await other.permit({ hostname: "1.1.1.1", port: 80 }), undefined, "Bob stays");
  relay.expectNoFaults();
});

/** A peer on this machine. `await using` closes it. */
async function openPeer() {
  const socket = createSocket("udp4");
  const got: string[] = [];
  let wake = () => {};
  socket.on("message", (message: Uint8Array) => {
    got.push(decoder.decode(message));
    wake();
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const endpoint: Endpoint = { hostname: "127.0.0.1", port: socket.address().port };
  return {
    socket,
    endpoint,
    got,
    heard: async (text: string) => {
      while (!got.includes(text)) await new Promise<void>((resolve) => wake = resolve);
    },
    [Symbol.dispose]: () => void socket.close(),
  };
}

Deno.test("data goes nowhere before it is permitted, and to a port that nobody has it does no harm", async () => {
  await using relay = await RelayServer.start(["--turn-allow-peers", "loopback"]);
  await using ann = await relay.join();
  using peer = await openPeer();
  for (const transport of ["udp", "tcp"] as const) {
    using client = await relay.client(transport);
    await client.sendTo(peer.endpoint, encoder.encode("no allocation"));
    const relayed = await client.relayed(ann.granted);
    await client.sendBy(0x4000, encoder.encode("no channel, "));
    await client.sendTo(peer.endpoint, encoder.encode("no permission"));
    const nobody = { hostname: "127.0.0.1", port: 9 };
    assertEquals(await client.permit(nobody), undefined);
    for (const port of [9, 0, 1]) {
      await client.sendTo({ ...nobody, port }, encoder.encode("nobody has this port"));
    }
    await client.sendBy(0x4001, encoder.encode("no channel, "));
    // Its answer is the first message that comes.
    await client.ask(methods.binding);
    await client.sendTo(peer.endpoint, encoder.encode(`hello by ${transport}`));
    await peer.heard(`hello by ${transport}`);
    peer.socket.send("hello back", relayed.port, "127.0.0.1");
    assertEquals(await client.hear(), "hello back");
  }
  assertEquals(peer.got, ["hello by udp", "hello by tcp"]);
  relay.expectNoFaults();
});
