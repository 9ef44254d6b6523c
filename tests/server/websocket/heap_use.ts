// Prints the bytes of heap that are kept, each: `unfinished` by a reader whose message is not
// complete, `afterwards` when it is, `random` by a reader of any stream, `closed` by a socket that
// has come to its end. Needs `--v8-flags=--expose-gc`.

import { FramedSocket } from "../../../server/websocket/framed_socket.ts";
import { FrameReader } from "../../../server/websocket/frame_reader.ts";
import { opcode } from "../../../server/websocket/frame.ts";
import { Chance } from "../../chance.ts";
import { clientFrame } from "./client_frame.ts";
import { anySplit, anyStream, messageBytes as shortMessage } from "./fuzz_streams.ts";
import { ScriptedStream } from "./scripted_stream.ts";

const messageBytes = 65_536;
const count = 30;

function heap(): number {
  Reflect.get(globalThis, "gc")();
  return Deno.memoryUsage().heapUsed;
}

const nothing = () => {};
const sink = { text: nothing, ping: nothing, pong: nothing, close: nothing, fault: nothing };
const first = clientFrame({ payload: "a", fin: false });
const next = clientFrame({ code: opcode.continuation, payload: "b", fin: false });
const last = clientFrame({ code: opcode.continuation, payload: "c" });

const readers = Array.from({ length: count }, () => new FrameReader({ messageBytes, sink }));
const before = heap();
for (const reader of readers) {
  reader.read(first);
  for (let piece = 2; piece < messageBytes; piece++) reader.read(next);
}
const unfinished = (heap() - before) / count;
for (const reader of readers) reader.read(last);
const afterwards = (heap() - before) / count;

const chance = new Chance(1);
const some = heap();
const many = Array.from({ length: 3_000 }, () => {
  const reader = new FrameReader({ messageBytes: shortMessage, sink });
  for (const piece of anySplit(anyStream(chance), chance)) reader.read(piece);
  return reader;
});
const random = (heap() - some) / many.length;

async function closeMany(): Promise<void> {
  for (const _ of many) {
    const stream = new ScriptedStream(anySplit(anyStream(chance), chance), { waits: false });
    const events = { text: nothing, fault: nothing, closed: nothing };
    new FramedSocket({ stream, messageBytes: shortMessage, events }).start();
    await stream.closed;
  }
}

await closeMany();
const warm = heap();
await closeMany();
const closed = (heap() - warm) / many.length;
// Both lists are used here, so that nothing of them is collected before.
console.log(
  JSON.stringify({ unfinished, afterwards, random, closed, of: readers.length + many.length }),
);
