// The behaviours that the Autobahn test suite describes, each named by the number of its case
// there, and what holds for any bytes.

import fc from "fast-check";
import { FrameReader } from "../../../server/websocket/frame_reader.ts";
import { opcode } from "../../../server/websocket/frame.ts";
import { assert, assertEquals } from "../../assert.ts";
import { cases, ping, sliced } from "./autobahn_cases.ts";
import { clientFrame, joined } from "./client_frame.ts";

const messageBytes = 65_536;

/** What a reader has called, in words. */
function read(parts: readonly Uint8Array[], most = messageBytes): string[] {
  const calls: string[] = [];
  const reader = new FrameReader({
    messageBytes: most,
    sink: {
      text: (text) => calls.push(`text ${shortly(text)}`),
      ping: (payload) => calls.push(`ping ${payload.length}`),
      pong: () => calls.push("pong"),
      close: (code, reason) => calls.push(`close ${code} ${reason}`),
      fault: (code) => calls.push(`fault ${code}`),
    },
  });
  for (const part of parts) reader.read(part);
  return calls;
}

function shortly(text: string): string {
  return text.length <= 20 ? text : `of ${text.length}`;
}

for (const [name, parts, expected] of cases) {
  Deno.test(`Autobahn ${name}`, () => assertEquals(read(parts), [...expected]));
}

Deno.test("any split of the bytes of any case gives the same calls", () => {
  const splits = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(fc.constantFrom(...cases), splits, ([, parts, expected], lengths) => {
      const bytes = joined(parts);
      if (bytes.length > 5_000) return;
      const pieces: Uint8Array[] = [];
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const length = lengths[turn % lengths.length] ?? 1;
        pieces.push(bytes.subarray(at, at + length));
        at += length;
      }
      assertEquals(read(pieces), [...expected]);
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("messages and pings of any order and fragmentation come out whole and in order", () => {
  const message = fc.record({
    words: fc.string({ unit: "grapheme", maxLength: 60 }),
    cuts: fc.array(fc.nat(200), { maxLength: 4 }),
    pings: fc.nat(2),
  });
  fc.assert(fc.property(fc.array(message, { maxLength: 8 }), (messages) => {
    const frames: Uint8Array[] = [];
    const expected: string[] = [];
    for (const { words, cuts, pings } of messages) {
      const bytes = new TextEncoder().encode(words);
      const places = [...new Set(cuts.filter((cut) => cut < bytes.length)), bytes.length]
        .sort((one, other) => one - other);
      let from = 0;
      places.forEach((to, index) => {
        frames.push(clientFrame({
          code: index === 0 ? opcode.text : opcode.continuation,
          payload: bytes.subarray(from, to),
          fin: index === places.length - 1,
        }));
        from = to;
        if (index === places.length - 1) expected.push(`text ${shortly(words)}`);
        for (let count = 0; count < pings; count++) {
          frames.push(ping("x"));
          expected.push("ping 1");
        }
      });
    }
    assertEquals(read([joined(frames)]), expected);
  }));
});

Deno.test("no stream of bytes makes a reader throw, or keep more than a message", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    // Mostly valid frames, so that the fuzzer gets past the first two bytes.
    fc.array(
      fc.record({
        code: fc.constantFrom(0, 1, 1, 1, 2, 8, 9, 10, 3),
        fin: fc.boolean(),
        payload: fc.uint8Array({ maxLength: 130 }),
        masked: fc.integer({ max: 20, min: 0 }).map((value) => value > 0),
      }).map(clientFrame),
      { maxLength: 6 },
    ).map((frames) => joined(frames)),
  );
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 50 }), (stream, length) => {
      const whole = read([stream], 256);
      assertEquals(read(sliced(stream, length), 256), whole);
      const ends = whole.findIndex((call) => /^(close|fault)/.test(call));
      assert(ends < 0 || ends === whole.length - 1, "nothing is read after the end");
    }),
    { numRuns: 2_000 },
  );
});
