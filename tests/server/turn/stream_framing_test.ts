// Messages of a stream come out the same, however the stream is cut.

import fc from "fast-check";
import { assertEquals } from "../../assert.ts";
import { assertProperty } from "../../seeds.ts";
import { StreamFraming } from "../../../server/turn/stream_framing.ts";
import { attributes, methods, newMask, writeStun } from "../../../server/turn/stun_message.ts";
import { channelData } from "./relay_rig.ts";

function stun(payload: Uint8Array): Uint8Array {
  const list = [[attributes.data, payload]] as const;
  return writeStun({ method: methods.send, kind: "indication", mask: newMask(), list });
}

function paddedChannelData(payload: Uint8Array): Uint8Array {
  const message = channelData(0x4001, payload);
  return new Uint8Array([...message, ...new Uint8Array((4 - message.length % 4) % 4)]);
}

/** What comes out of a stream that arrives in these pieces; "closed" if it is refused. */
function framed(pieces: readonly Uint8Array[]): string[] {
  const framing = new StreamFraming();
  const messages: string[] = [];
  for (const piece of pieces) {
    const isOpen = framing.push(piece, {
      isTrusted: () => true,
      receive: (message) => messages.push(message.toHex()),
    });
    if (!isOpen) return [...messages, "closed"];
  }
  return messages;
}

const message = fc.tuple(fc.boolean(), fc.uint8Array({ maxLength: 60 }))
  .map(([isStun, payload]) => isStun ? stun(payload) : paddedChannelData(payload));

Deno.test("any split of any stream of messages gives the same messages", () =>
  assertProperty(
    fc.property(
      fc.array(message, { maxLength: 6 }),
      fc.array(fc.nat(500), { maxLength: 20 }),
      (messages, cuts) => {
        const stream = new Uint8Array(messages.flatMap((bytes) => [...bytes]));
        const points = [...new Set(cuts.map((cut) => cut % (stream.length + 1)))]
          .toSorted((a, b) => a - b);
        const pieces = [...points, stream.length]
          .map((end, index) => stream.slice(points[index - 1] ?? 0, end));
        const wanted = messages.map((bytes) => bytes.toHex());
        assertEquals(framed(pieces), wanted);
        assertEquals(framed([...stream].map((byte) => Uint8Array.of(byte))), wanted);
      },
    ),
    { numRuns: 300 },
  ));

Deno.test("a stream of other bytes is refused as soon as it is known", () => {
  for (const first of [0x80, 0xff]) {
    assertEquals(framed([Uint8Array.of(first)]), ["closed"]);
  }
  const wrongCookie = stun(new Uint8Array(3));
  wrongCookie[5] = 0;
  assertEquals(framed([wrongCookie]), ["closed"]);
  const [first] = framed([paddedChannelData(Uint8Array.of(1)), Uint8Array.of(0xff)]);
  assertEquals(first?.slice(0, 10), "4001000101");
});
