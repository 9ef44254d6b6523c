// Random streams of bytes: the reader does with them what a plain reading of RFC 6455 does, however
// they are split, and a socket comes to its end with every frame that it has to send.

import { FrameReader } from "../../../server/websocket/frame_reader.ts";
import { FramedSocket } from "../../../server/websocket/framed_socket.ts";
import { assert, assertEquals, assertLessOrEqual, assertMatch } from "../../assert.ts";
import { Chance } from "../../chance.ts";
import { eachSeed, isLong } from "../../seeds.ts";
import { ScriptedStream } from "./scripted_stream.ts";
import { anySplit, anyStream, messageBytes } from "./fuzz_streams.ts";
import { expectedCalls } from "./reference_reader.ts";

/** So many for each seed: 20 seeds make a million. */
const streams = isLong ? 50_000 : 4_000;

const faults = [1002, 1003, 1007, 1009].map((code) => `fault ${code}`);

/** Gives one stream after the other to `check`; an error says which one it was. */
async function eachStream(
  seed: number,
  check: (stream: Uint8Array<ArrayBuffer>, chance: Chance) => Promise<void> | void,
): Promise<void> {
  const chance = new Chance(seed);
  for (let index = 0; index < streams; index++) {
    const stream = anyStream(chance);
    try {
      await check(stream, chance);
    } catch (error) {
      throw new Error(`stream ${index}: ${stream.toHex()}`, { cause: error });
    }
  }
}

function read(pieces: readonly Uint8Array[]): string[] {
  const calls: string[] = [];
  const reader = new FrameReader({
    messageBytes,
    sink: {
      text: (text) => calls.push(`text ${text}`),
      ping: (payload) => calls.push(`ping ${[...payload]}`),
      pong: () => calls.push("pong"),
      close: (code, reason) => calls.push(`close ${code} ${reason}`),
      fault: (code) => calls.push(`fault ${code}`),
    },
  });
  for (const piece of pieces) {
    // What was read may be overwritten, as the buffer of a socket is.
    const buffer = piece.slice();
    reader.read(buffer);
    buffer.fill(0xff);
  }
  const last = calls.at(-1) ?? "";
  assertEquals(reader.isOver, /^(close|fault)/.test(last));
  return calls;
}

Deno.test("any stream, split anywhere, is read as RFC 6455 says", () => {
  const reached: Record<string, number> = {};
  return eachSeed(async (seed) => {
    await eachStream(seed, (stream, chance) => {
      const expected = expectedCalls(stream, messageBytes);
      assertEquals(read([stream]), expected);
      assertEquals(read(anySplit(stream, chance)), expected);
      for (const call of expected) {
        const [kind = "", code = ""] = call.split(" ");
        const what = kind === "fault" ? `${kind} ${code}` : kind;
        reached[what] = (reached[what] ?? 0) + 1;
      }
    });
    for (const what of ["text", "ping", "pong", "close", ...faults]) {
      assert((reached[what] ?? 0) > streams / 200, `${what} in ${JSON.stringify(reached)}`);
    }
  });
});

Deno.test("a socket answers any stream, tells its end once, and closes its connection", () =>
  eachSeed((seed) =>
    eachStream(seed, async (bytes, chance) => {
      const expected = expectedCalls(bytes, messageBytes);
      const ends = /^(close|fault) (\d+)/.exec(expected.at(-1) ?? "") ?? [];
      const [early, ...pieces] = [new Uint8Array(), ...anySplit(bytes, chance)]
        .slice(chance.below(2));
      const stream = new ScriptedStream(pieces, { chance, waits: ends[0] !== undefined });
      const calls: string[] = [];
      const { promise: end, resolve } = Promise.withResolvers<void>();
      const socket = new FramedSocket({
        stream,
        messageBytes,
        events: {
          text: (text) => void calls.push(`text ${text}`),
          fault: (code) => void calls.push(`fault ${code}`),
          closed: (code) => {
            calls.push(`closed ${code}`);
            resolve();
          },
        },
      });
      socket.start(early);
      await end;
      await stream.closed;
      assertEquals(socket.backlog, 0);
      const told = expected.filter((call) => /^(text|fault)/.test(call));
      const last = calls.pop() ?? "";
      // If the connection breaks early, the rest is not read.
      assertEquals(calls, stream.isBroken ? told.slice(0, calls.length) : told);
      if (stream.isBroken) return assertMatch(last, /^closed \d+$/);
      assertEquals(last, `closed ${ends[1] === "close" ? ends[2] : 1006}`);
      assertEquals(stream.isEnded, ends[0] !== undefined);
      checkSent(stream.sent, { expected, ends });
    })
  ));

/** Pongs in the order of the pings, then the close frame if the peer's bytes call for one. */
function checkSent(
  sent: Uint8Array,
  { expected, ends: [end, kind, code] }: { expected: readonly string[]; ends: readonly string[] },
): void {
  const frames: string[] = [];
  for (let at = 0; at < sent.length;) {
    const [first = 0, length = 0] = sent.subarray(at);
    assertLessOrEqual(length, 125);
    const payload = sent.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    // The peer has ended the connection in the middle of a frame.
    if (end === undefined && at > sent.length) break;
    frames.push(first === 0x8a ? `ping ${payload}` : `${first} ${payload.subarray(0, 2)}`);
  }
  const pings = expected.filter((call) => call.startsWith("ping"));
  // Pongs that were not written when the peer ended the connection are dropped.
  if (end === undefined) return assertEquals(frames, pings.slice(0, frames.length));
  const close = kind === "close" && code === "1005" ? 1000 : Number(code);
  assertEquals(frames.pop(), `${0x88} ${close >> 8},${close & 255}`);
  // A socket may leave out pongs only while 4,096 bytes of them wait.
  const pongBytes = pings.reduce((sum, ping) => sum + 2 + ping.split(",").length, 0);
  const mayDrop = pongBytes > 4_096;
  assertEquals(frames, mayDrop ? pings.filter((ping) => frames.includes(ping)) : pings);
}

Deno.test("unfinished messages cost their bytes, in however many pieces, and ended ones nothing", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-check", "--no-lock", "--v8-flags=--expose-gc"],
      new URL("heap_use.ts", import.meta.url).pathname,
    ],
  }).output();
  const { unfinished, afterwards, random, closed } = JSON.parse(new TextDecoder().decode(stdout));
  // 64 KiB of text each.
  assertLessOrEqual(unfinished, 100_000);
  assertLessOrEqual(afterwards, 10_000);
  assertLessOrEqual(random, 3_000);
  assertLessOrEqual(closed, 100);
});
