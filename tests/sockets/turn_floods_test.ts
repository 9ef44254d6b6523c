// Clients of the relay that want too much of it, over real sockets, against the real process.

import { assertEquals, assertLess, assertLessOrEqual } from "../assert.ts";
import { Chance } from "../chance.ts";
import { waitFor } from "../rig/mod.ts";
import {
  type Attribute,
  attributes,
  methods,
  newMask,
  numberAttribute,
  writeStun,
} from "../../server/turn/stun_message.ts";
import { channelData, codeOf, udp } from "../server/turn/relay_rig.ts";
import { RelayServer } from "./relay_server.ts";
import { RelayClient } from "./turn_client.ts";

/** As server/turn/worker.ts has it. */
const allocationsPerPeer = 192;
/** Answers that an address may get in 10 s besides as many bytes as it sends. */
const allowanceBytes = 4_096;
const nothing = new Uint8Array();

/** How many files and sockets the server has open. */
function openIn({ server: { child } }: RelayServer): number {
  return [...Deno.readDirSync(`/proc/${child.pid}/fd`)].length;
}

Deno.test("a member has so many allocations and no more, and gives their ports back", async () => {
  await using relay = await RelayServer.start();
  const flood = async () => {
    await using ann = await relay.join();
    using stack = new DisposableStack();
    for (let count = 0; count < allocationsPerPeer; count++) {
      const probe = stack.use(
        await relay.client(count % 2 === 0 ? "udp" : "tcp"),
      );
      await probe.relayed(ann.granted);
    }
    for (let index = 0; index < 100; index++) {
      using more = await relay.client("udp");
      assertEquals(await more.allocate(ann.granted), 486);
    }
    await using bob = await relay.join();
    using other = await relay.client("udp");
    await other.relayed(bob.granted);
    const gone = numberAttribute(attributes.lifetime, 0);
    assertEquals(codeOf(await other.ask(methods.refresh, [gone])), undefined);
  };
  await flood();
  const before = openIn(relay);
  for (let round = 0; round < 2; round++) {
    await flood();
    await waitFor(() => openIn(relay) <= before, { what: `${before} open sockets` });
  }
  relay.expectNoFaults();
});

Deno.test("who has proved nothing gets as many bytes as they send, and a little", async () => {
  await using relay = await RelayServer.start();
  const begun = performance.now();
  using flooder = RelayClient.overUdp(relay.port, "127.0.0.7");
  using witness = await relay.client("udp");
  const reading = flooder.rest();
  const unknown = Array.from({ length: 40 }, (_, index): Attribute => [0x7000 + index, nothing]);
  const bodies: readonly (readonly [method: number, list: readonly Attribute[]])[] = [
    [methods.binding, []],
    [methods.allocate, [udp]],
    [methods.refresh, []],
    [methods.binding, unknown],
  ];
  for (let round = 0; round < 200; round++) {
    for (const [method, list] of bodies) {
      for (const fingerprint of [false, true]) {
        await flooder.send(
          writeStun({ method, kind: "request", mask: newMask(), list, fingerprint }),
        );
      }
    }
    if (round % 20 === 0) await witness.ask(methods.binding);
  }
  await witness.ask(methods.binding);
  let last = -1;
  await waitFor(() => last === (last = flooder.bytes.in), { what: "the last answer" });
  flooder[Symbol.dispose]();
  await reading;
  const refills = 1 + (performance.now() - begun) / 10_000;
  assertLessOrEqual(flooder.bytes.in, flooder.bytes.out + allowanceBytes * refills);
  assertLess(0, flooder.bytes.in);
});

Deno.test("streams that never allocate are closed, and others go on", async () => {
  await using relay = await RelayServer.start();
  await using ann = await relay.join();
  using kept = await relay.client("tcp");
  await kept.relayed(ann.granted);
  const request = kept.request(methods.binding);
  const openings = {
    "a byte": request.subarray(0, 1),
    "half a head": request.subarray(0, 10),
    "half a message": kept.request(methods.refresh).subarray(0, 40),
    "a whole message": request,
    "many messages": new Uint8Array(Array.from({ length: 50 }, () => [...request]).flat()),
    "a request without credentials": writeStun({
      method: methods.allocate,
      kind: "request",
      mask: newMask(),
      list: [udp],
    }),
  };
  using stack = new DisposableStack();
  const streams: RelayClient[] = [];
  for (const bytes of Object.values(openings)) {
    for (let count = 0; count < 5; count++) {
      const stream = stack.use(await relay.client("tcp"));
      await stream.send(bytes);
      streams.push(stream);
    }
  }
  relay.expectNoFaults();
  await Promise.all(streams.map((stream) => stream.rest()));
  assertEquals(codeOf(await kept.ask(methods.refresh)), undefined);
});

Deno.test("random bytes hurt nobody, over UDP, TCP and TLS", async () => {
  await using relay = await RelayServer.start(["--tls-self-signed"]);
  const seed = Math.floor(Math.random() * 2 ** 30);
  const chance = new Chance(seed);
  await using ann = await relay.join();
  using kept = await relay.client("udp");
  const relayed = await kept.relayed(ann.granted);
  using noise = await relay.client("udp");
  const valid = kept.request(methods.refresh);
  /** What begins as STUN does, or as nothing does. */
  const anything = () => {
    const bytes = chance.bytes(chance.below(200));
    if (chance.oneIn(2)) bytes.set(valid.subarray(0, Math.min(bytes.length, 8)));
    if (bytes.length > 0 && chance.oneIn(2)) bytes[0] = chance.below(2);
    return bytes;
  };
  for (let index = 0; index < 3_000; index++) {
    await noise.send(anything());
    if (index % 50 === 0) await kept.ask(methods.binding);
  }
  for (let index = 0; index < 40; index++) {
    using stream = await relay.client(index % 4 === 0 ? "tls" : "tcp");
    // It may be closed already.
    for (let piece = 0; piece < 5; piece++) await stream.send(anything()).catch(() => {});
  }
  assertEquals(await kept.permit(relayed), undefined, `seed ${seed}`);
  relay.expectNoFaults();
});

Deno.test("what is relayed from stream to stream arrives whole and in order", async () => {
  await using relay = await RelayServer.start(["--tls-self-signed"]);
  await using ann = await relay.join();
  await using bob = await relay.join();
  using from = await relay.client("tls");
  using to = await relay.client("tls");
  const [a, b] = [await from.relayed(ann.granted), await to.relayed(bob.granted)];
  assertEquals([await from.bind(0x4000, b), await to.bind(0x4001, a)], [undefined, undefined]);
  const chance = new Chance(1);
  for (let batch = 0; batch < 20; batch++) {
    // Less than the relay keeps for a client that does not read yet.
    const payloads = Array.from({ length: 40 }, () => chance.bytes(chance.below(1_200)));
    for (const payload of payloads) await from.send(padded(channelData(0x4000, payload)));
    for (const payload of payloads) {
      assertEquals((await to.next())?.toHex(), padded(channelData(0x4001, payload)).toHex());
    }
  }
});

function padded(message: Uint8Array): Uint8Array {
  return new Uint8Array([...message, ...new Uint8Array((4 - message.length % 4) % 4)]);
}
