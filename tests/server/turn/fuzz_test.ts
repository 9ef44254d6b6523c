// Random messages and streams: nothing that is sent makes the relay throw, and only what a member
// has signed is obeyed.

import { assert, assertEquals, assertGreater, assertLessOrEqual } from "../../assert.ts";
import { Chance } from "../../chance.ts";
import { eachSeed, isLong } from "../../seeds.ts";
import type { Endpoint } from "../../../server/turn/endpoint.ts";
import { StreamFraming } from "../../../server/turn/stream_framing.ts";
import {
  type Attribute,
  attributes,
  methods,
  newMask,
  numberAttribute,
  readStun,
} from "../../../server/turn/stun_message.ts";
import {
  channelAttribute,
  channelData,
  type Client,
  codeOf,
  peerAttribute,
  Relay,
  udp,
} from "./relay_rig.ts";

/** Messages and streams for each seed. */
const rounds = isLong ? 15_000 : 3_000;

const friend: Endpoint = { hostname: "8.8.4.4", port: 4_000 };
const neighbour: Endpoint = { hostname: "10.0.0.1", port: 4_000 };
const channel = 0x4005;

/** A message that is valid, with the credentials of the client. */
function validMessage(client: Client, chance: Chance): Uint8Array {
  const mask = newMask();
  const peer = peerAttribute(chance.pick([friend, neighbour, client.address]), mask);
  const lists: readonly [method: number, list: readonly Attribute[]][] = [
    [methods.binding, []],
    [methods.allocate, [udp]],
    [methods.allocate, [udp, [attributes.evenPort, Uint8Array.of(chance.pick([0, 0x80]))]]],
    [methods.refresh, [numberAttribute(attributes.lifetime, chance.pick([0, 600]))]],
    [methods.createPermission, [peer]],
    [methods.channelBind, [channelAttribute(0x4000 + chance.below(8)), peer]],
  ];
  const [method, list] = lists[chance.below(lists.length)] ?? [methods.binding, []];
  return client.request(method, list, mask);
}

/** Changes a few bytes, the length, or the end; or puts two messages together. */
function mutated(message: Uint8Array, chance: Chance): Uint8Array {
  const changed = new Uint8Array(message);
  switch (chance.below(6)) {
    case 0:
      return changed.subarray(0, chance.below(changed.length));
    case 1:
      return new Uint8Array([...changed, ...chance.bytes(1 + chance.below(40))]);
    case 2:
      changed.set(chance.bytes(2), 2);
      return changed;
    case 3: {
      // The length of an attribute, or what is taken for one.
      const at = 20 + 4 * chance.below(Math.max(1, (changed.length - 24) / 4));
      if (at + 4 > changed.length) return changed;
      if (chance.oneIn(2)) changed.set(chance.bytes(2), at + 2);
      else changed[at + 3] = (changed[at + 3] ?? 0) - chance.below(4);
      return changed;
    }
    case 4: {
      const from = chance.below(changed.length);
      const doubled = [...changed.subarray(0, from), ...changed.subarray(Math.min(20, from))];
      const bytes = new Uint8Array(
        doubled.slice(0, 20 + 4 * Math.floor((doubled.length - 20) / 4)),
      );
      new DataView(bytes.buffer).setUint16(2, Math.max(0, bytes.length - 20));
      return bytes;
    }
    default:
      for (let count = 1 + chance.below(4); count > 0; count--) {
        changed[chance.below(changed.length)] = chance.below(256);
      }
      return changed;
  }
}

/** Whether everything that the signature covers is as it was signed; the length it sees itself. */
function isAsSigned(bytes: Uint8Array, original: Uint8Array): boolean {
  return bytes.length >= original.length &&
    original.every((byte, index) => index === 2 || index === 3 || bytes[index] === byte);
}

/** Two people with a permission and a channel each, over both transports, and their relay. */
function callOfTwo() {
  const relay = new Relay();
  const members = (["udp", "tcp"] as const).map((transport) => {
    const member = relay.member(transport, { transport });
    member.relayed();
    assertEquals([member.permit(friend), member.bind(channel, friend)], [undefined, undefined]);
    return member;
  });
  return { relay, members };
}

Deno.test("nobody gets anything by a changed message, and nothing makes the relay throw", () => {
  const answers: Record<string, number> = {};
  return eachSeed((seed) => {
    const chance = new Chance(seed);
    const { relay, members } = callOfTwo();
    for (let index = 0; index < rounds; index++) {
      // A datagram: a stream would be closed after the first malformed message.
      const eve = relay.member("eve");
      eve.nonce = chance.oneIn(3) ? "" : members[0]?.nonce ?? "";
      if (chance.oneIn(2)) eve.allocate();
      eve.got.length = 0;
      const original = validMessage(eve, chance);
      const bytes = mutated(original, chance);
      const before = relay.server.counts.allocated;
      try {
        eve.give(bytes);
      } catch (error) {
        throw new Error(`message ${index}: ${bytes.toHex()}`, { cause: error });
      }
      for (const got of eve.got) {
        const answer = readStun(got);
        assert(answer, "an answer is a message");
        const name = `${answer.kind} ${codeOf(answer) ?? ""}`;
        answers[name] = (answers[name] ?? 0) + 1;
        if (answer.kind !== "success" || answer.method === methods.binding) continue;
        assert(isAsSigned(bytes, original), `obeyed: ${bytes.toHex()} of ${original.toHex()}`);
      }
      if (!isAsSigned(bytes, original)) assertEquals(relay.server.counts.allocated, before);
      relay.server.revoke("eve");
      relay.now += 1;
    }
    assertEquals(relay.server.counts.allocations, members.length);
    assertEquals(relay.outside.filter(({ to }) => to.hostname !== friend.hostname), []);
  }).then(() => {
    // The mutations reach what they are for.
    for (const name of ["error 400", "error 401", "error 420", "error 438"]) {
      assertGreater(answers[name] ?? 0, 0, `${name} of ${JSON.stringify(answers)}`);
    }
  });
});

Deno.test("random data of a client reaches nobody but its peers", () =>
  eachSeed((seed) => {
    const chance = new Chance(seed);
    const { relay, members } = callOfTwo();
    const [member] = members;
    assert(member);
    let sent = 0;
    for (let index = 0; index < rounds; index++) {
      const payload = chance.bytes(chance.below(40));
      const number = chance.oneIn(2) ? channel : 0x4000 + chance.below(0x4000);
      const data = channelData(number, payload);
      const bytes = chance.oneIn(3) ? mutated(data, chance) : data;
      sent += bytes.length;
      member.give(bytes);
      member.give(chance.bytes(chance.below(60)));
      const peer = chance.pick([friend, neighbour, member.address]);
      member.send(peer, payload);
      sent += payload.length;
    }
    const reached = new Set(relay.outside.map(({ to }) => `${to.hostname} ${to.port}`));
    assertEquals([...reached], [`${friend.hostname} ${friend.port}`]);
    assertLessOrEqual(relay.outside.reduce((sum, { bytes }) => sum + bytes.length, 0), sent);
    assertEquals(relay.server.counts.allocations, members.length);
  }));

/** What comes out of a stream in these pieces; its last entry says whether it was refused. */
function framed(pieces: readonly Uint8Array[], trusts: number): string[] {
  const framing = new StreamFraming();
  const messages: string[] = [];
  for (const piece of pieces) {
    // As a buffer that is used again.
    const buffer = piece.slice();
    const isOpen = framing.push(buffer, {
      isTrusted: () => messages.length >= trusts,
      receive: (message) => messages.push(message.toHex()),
    });
    buffer.fill(0xff);
    if (!isOpen) return [...messages, "refused"];
  }
  return [...messages, "open"];
}

function anyStream(client: Client, chance: Chance): Uint8Array {
  const messages = Array.from({ length: 1 + chance.below(6) }, () => {
    const data = channelData(channel, chance.bytes(chance.below(chance.pick([40, 2_000]))));
    const padded = [...data, ...new Uint8Array((4 - data.length % 4) % 4)];
    const whole = chance.oneIn(2) ? new Uint8Array(padded) : validMessage(client, chance);
    return chance.oneIn(8) ? mutated(whole, chance) : whole;
  });
  return new Uint8Array(messages.flatMap((bytes) => [...bytes]));
}

function anySplit(stream: Uint8Array, chance: Chance): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < stream.length;) {
    const end = from + 1 + chance.below(chance.pick([3, 30, 3_000]));
    pieces.push(stream.subarray(from, end));
    from = end;
  }
  return pieces;
}

Deno.test("any stream, damaged or not, gives the same messages however it is split", () => {
  const endings = new Set<string>();
  return eachSeed((seed) => {
    const chance = new Chance(seed);
    const client = new Relay().member("ann");
    for (let index = 0; index < rounds; index++) {
      const stream = anyStream(client, chance);
      const trusts = chance.below(3);
      const whole = framed([stream], trusts);
      endings.add(whole.at(-1) ?? "");
      const split = framed(anySplit(stream, chance), trusts);
      assertEquals(split, whole, `stream ${index}: ${stream.toHex()}`);
    }
  }).then(() => assertEquals([...endings].toSorted(), ["open", "refused"]));
});
