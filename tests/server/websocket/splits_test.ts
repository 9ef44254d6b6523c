// Two fragmented messages with pings between their fragments, and the closing handshake, split at
// every place.

import { closeFrame, opcode, pongFrame } from "../../../server/websocket/frame.ts";
import { FramedSocket } from "../../../server/websocket/framed_socket.ts";
import { assertEquals } from "../../assert.ts";
import { clientClose, clientFrame, joined } from "./client_frame.ts";
import { expectedCalls } from "./reference_reader.ts";
import { ScriptedStream } from "./scripted_stream.ts";

const ping = (payload: string) => clientFrame({ code: opcode.ping, payload });
const pong = (payload: string) => pongFrame(new TextEncoder().encode(payload));
const next = (payload: string, fin = true) =>
  clientFrame({ code: opcode.continuation, payload, fin });
const bytes = joined([
  ...[clientFrame({ payload: "Hé", fin: false }), ping("1"), next("llo, ", false)],
  ...[ping("2"), next("wörld"), ping("3")],
  ...[clientFrame({ payload: "語", fin: false }), ping("4"), next("語")],
  clientClose(4321, "bye"),
]);
const messageBytes = 100;

/** What a socket calls and sends that reads these pieces. `closeAt`: the read that it closes at. */
async function run(
  pieces: readonly Uint8Array[],
  closeAt?: number,
): Promise<{ calls: string[]; sent: Uint8Array }> {
  const calls: string[] = [];
  const stream = new ScriptedStream(pieces, {
    waits: true,
    onRead: (index) => index === closeAt && socket.close(4009, "rate"),
  });
  const socket = new FramedSocket({
    stream,
    messageBytes,
    events: {
      text: (text) => void calls.push(text),
      fault: (code) => void calls.push(`fault ${code}`),
      closed: (code) => void calls.push(`closed ${code}`),
    },
  });
  socket.start();
  await stream.closed;
  return { calls, sent: stream.sent };
}

const whole = {
  calls: ["Héllo, wörld", "語語", "closed 4321"],
  sent: joined([...["1", "2", "3", "4"].map(pong), closeFrame(4321, "")]),
};

Deno.test("messages, pings between their fragments and a close are the same in any two or three pieces", async () => {
  for (let one = 0; one <= bytes.length; one++) {
    for (let two = one; two <= bytes.length; two++) {
      const pieces = [bytes.subarray(0, one), bytes.subarray(one, two), bytes.subarray(two)];
      assertEquals(await run(pieces.filter(({ length }) => length > 0)), whole, `${one}, ${two}`);
    }
  }
});

Deno.test("a server that closes after any byte answers what came before, and sends its close last", async () => {
  for (let split = 0; split < bytes.length; split++) {
    const before = expectedCalls(bytes.subarray(0, split), messageBytes);
    const pieces = [bytes.subarray(0, split), bytes.subarray(split)];
    const { calls, sent } = await run(pieces, 1);
    const texts = before.filter((call) => call.startsWith("text")).map((call) => call.slice(5));
    assertEquals(calls, [...texts, "closed 1006"], `${split}`);
    const pings = before.filter((call) => call.startsWith("ping")).length;
    const pongs = ["1", "2", "3", "4"].slice(0, pings).map(pong);
    assertEquals(sent, joined([...pongs, closeFrame(4009, "rate")]), `${split}`);
  }
});
