// Sockets over real loopback connections; the client's side is written byte by byte.

import { closeFrame, opcode, textFrame } from "../../../server/websocket/frame.ts";
import { FramedSocket } from "../../../server/websocket/framed_socket.ts";
import { assert, assertEquals } from "../../assert.ts";
import { waitFor } from "../../rig/wait_for.ts";
import { clientClose, clientFrame, joined } from "./client_frame.ts";

/** A socket of the server, what it has called, and the client's end of its connection. */
interface Pair extends AsyncDisposable {
  readonly socket: FramedSocket;
  readonly calls: string[];
  /** Lengths of the buffers that it has read into. */
  readonly reads: number[];
  readonly client: Deno.TcpConn;
}

async function pair(options: { early?: Uint8Array; limit?: number } = {}): Promise<Pair> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const [client, stream] = await Promise.all([
    Deno.connect({ hostname: "127.0.0.1", port: listener.addr.port }),
    listener.accept(),
  ]);
  const calls: string[] = [];
  const reads: number[] = [];
  const socket = new FramedSocket({
    stream: {
      read: (buffer) => {
        reads.push(buffer.length);
        return stream.read(buffer);
      },
      write: (bytes) => stream.write(bytes),
      closeWrite: () => stream.closeWrite(),
      close: () => stream.close(),
    },
    messageBytes: options.limit ?? 65_536,
    events: {
      text: (text) => void calls.push(text),
      fault: (code) => void calls.push(`fault ${code}`),
      closed: (code) => void calls.push(`closed ${code}`),
    },
  });
  socket.start(options.early);
  return {
    socket,
    calls,
    reads,
    client,
    async [Symbol.asyncDispose]() {
      socket.terminate();
      try {
        client.close();
      } catch {
        // The test has closed it.
      }
      await Promise.resolve();
    },
  };
}

const text = (payload: string) => clientFrame({ payload });

async function writeWhole(client: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await client.write(rest));
}

/** Everything until the server ends its direction; a reset is an error. */
async function readToEnd(client: Deno.TcpConn): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const buffer = new Uint8Array(65_536);
    const count = await client.read(buffer);
    if (count === null) return joined(parts);
    parts.push(buffer.subarray(0, count));
  }
}

const called = ({ calls }: Pair, call: string) =>
  waitFor(() => calls.includes(call), { what: call, every: 5 });

Deno.test("text goes both ways, the first of it with the handshake's last bytes", async () => {
  await using it = await pair({ early: text("early").subarray(0, 4) });
  await writeWhole(it.client, joined([text("early").subarray(4), text("later")]));
  await called(it, "later");
  it.socket.send("one");
  it.socket.send("two");
  const expected = joined([textFrame("one"), textFrame("two")]);
  assertEquals(it.socket.backlog, expected.length);
  const buffer = new Uint8Array(100);
  const count = await it.client.read(buffer) ?? 0;
  assertEquals(buffer.subarray(0, count), expected, "in one write");
  await waitFor(() => it.socket.backlog === 0, { what: "an empty queue", every: 5 });
  assertEquals(it.calls, ["early", "later"]);
});

Deno.test("a payload whose header came alone is read at once, and then little memory waits", async () => {
  await using it = await pair();
  const frame = clientFrame({ payload: "*".repeat(3_000) });
  for (let count = 1; count <= 2; count++) {
    await writeWhole(it.client, frame.subarray(0, 8));
    await waitFor(() => it.reads.length === 2 * count, { what: "the header", every: 5 });
    await writeWhole(it.client, frame.subarray(8));
    await waitFor(() => it.calls.length === count, { what: "the text", every: 5 });
  }
  await writeWhole(it.client, clientFrame({ code: opcode.pong }));
  await waitFor(() => it.reads.at(-1) === 256, { what: "a small buffer", every: 5 });
  assertEquals(it.reads, [256, 4_096, 4_096, 4_096, 4_096, 256]);
});

Deno.test("a peer that closes gets its code back, then the end", async () => {
  for (const [code, answer] of [[1000, 1000], [4321, 4321], [undefined, 1000]] as const) {
    await using it = await pair();
    await writeWhole(it.client, clientClose(code, code === undefined ? "" : "bye"));
    assertEquals(await readToEnd(it.client), closeFrame(answer, ""));
    it.client.close();
    await called(it, `closed ${code ?? 1005}`);
  }
});

Deno.test("a close code reaches a peer that goes on sending", async () => {
  await using it = await pair();
  let isFlooding = true;
  const flood = (async () => {
    const many = joined(Array<Uint8Array>(500).fill(text("*".repeat(100))));
    while (isFlooding) await writeWhole(it.client, many).catch(() => isFlooding = false);
  })();
  await waitFor(() => it.calls.length > 1_000, { what: "the flood", every: 5 });
  it.socket.close(4009, "rate");
  const before = it.calls.length;
  assertEquals(await readToEnd(it.client), closeFrame(4009, "rate"));
  assertEquals(it.calls.slice(before).filter((call) => call.startsWith("*")), [], "all dropped");
  isFlooding = false;
  it.client.close();
  await flood;
  await waitFor(() => it.calls.some((call) => call.startsWith("closed")), { what: "its end" });
});

Deno.test("each fault is told once and sent as a close code", async () => {
  const faults = [
    [1002, clientFrame({ payload: "a", masked: false })],
    [1003, clientFrame({ code: opcode.binary, payload: "a" })],
    [1007, clientFrame({ payload: new Uint8Array([0xff]) })],
    [1009, clientFrame({ claims: 65_537n })],
  ] as const;
  for (const [code, bytes] of faults) {
    await using it = await pair();
    await writeWhole(it.client, joined([bytes, text("after it")]));
    const answer = await readToEnd(it.client);
    assertEquals([answer[0], answer[2], answer[3]], [0x88, code >> 8, code & 0xff]);
    it.client.close();
    await called(it, "closed 1006");
    assertEquals(it.calls, [`fault ${code}`, "closed 1006"]);
  }
});

Deno.test("endless fragments are refused at the limit, and nothing of them is kept", async () => {
  await using it = await pair();
  const fragment = clientFrame({ payload: "*".repeat(10_000), fin: false });
  const more = clientFrame({ code: opcode.continuation, payload: "*".repeat(10_000), fin: false });
  await writeWhole(it.client, joined([fragment, ...Array<Uint8Array>(20).fill(more)]));
  const answer = await readToEnd(it.client);
  assertEquals([answer[0], (answer[2] ?? 0) << 8 | (answer[3] ?? 0)], [0x88, 1009]);
});

Deno.test("a silent peer is pinged, one that answers stays, one that does not is gone", async () => {
  await using it = await pair();
  it.socket.beat();
  it.socket.beat();
  const buffer = new Uint8Array(10);
  assertEquals(await it.client.read(buffer), 2);
  assertEquals(buffer.subarray(0, 2), new Uint8Array([0x89, 0]));
  await writeWhole(it.client, joined([clientFrame({ code: opcode.pong }), text("alive")]));
  await called(it, "alive");
  it.socket.beat();
  it.socket.beat();
  assertEquals(it.calls, ["alive"]);
  it.socket.beat();
  assertEquals(it.calls, ["alive", "closed 1006"]);
});

Deno.test("a ping goes along with what a silent peer is sent, once, and has its own time", async () => {
  await using it = await pair();
  const sent = async (...frames: Uint8Array[]) => {
    const expected = joined(frames);
    const buffer = new Uint8Array(expected.length + 10);
    const count = await it.client.read(buffer) ?? 0;
    assertEquals(buffer.subarray(0, count), expected);
  };
  const ping = new Uint8Array([0x89, 0]);
  it.socket.send("while alive");
  await sent(textFrame("while alive"));
  it.socket.beat();
  it.socket.send("one");
  await sent(textFrame("one"), ping);
  it.socket.send("two");
  await sent(textFrame("two"));
  it.socket.beat();
  assertEquals(it.calls, [], "the ping is younger than a beat");
  await writeWhole(it.client, joined([clientFrame({ code: opcode.pong }), text("alive")]));
  await called(it, "alive");
  it.socket.beat();
  it.socket.send("three");
  await sent(textFrame("three"), ping);
  it.socket.beat();
  it.socket.beat();
  assertEquals(it.calls, ["alive", "closed 1006"]);
});

Deno.test("a ping gets its payload back, between fragments too", async () => {
  await using it = await pair();
  await writeWhole(
    it.client,
    joined([
      clientFrame({ payload: "a", fin: false }),
      clientFrame({ code: opcode.ping, payload: "Hello" }),
      clientFrame({ code: opcode.continuation, payload: "b" }),
    ]),
  );
  await called(it, "ab");
  const buffer = new Uint8Array(20);
  const count = await it.client.read(buffer) ?? 0;
  assertEquals(
    buffer.subarray(0, count),
    joined([new Uint8Array([0x8a, 5]), new TextEncoder().encode("Hello")]),
  );
});

Deno.test("a peer that reads nothing is gone within the time of a closing handshake", async () => {
  await using it = await pair();
  const large = "*".repeat(60_000);
  await waitFor(() => {
    for (let count = 0; count < 20; count++) it.socket.send(large);
    return it.socket.backlog > 4_000_000;
  }, { what: "a backlog", every: 1 });
  it.socket.close(4008, "slow");
  await called(it, "closed 1006");
  assertEquals(it.socket.backlog, 0);
});

Deno.test("pings of a peer that reads nothing do not pile up", async () => {
  await using it = await pair();
  await waitFor(() => {
    it.socket.send("*".repeat(60_000));
    return it.socket.backlog > 3_000_000;
  }, { what: "a backlog", every: 1 });
  const before = it.socket.backlog;
  await writeWhole(
    it.client,
    joined([
      ...Array<Uint8Array>(2_000).fill(
        clientFrame({ code: opcode.ping, payload: "*".repeat(125) }),
      ),
      text("after them"),
    ]),
  );
  await called(it, "after them");
  assert(it.socket.backlog <= before);
});

Deno.test("a reset, an end in the middle of a frame, and a second close are all one end", async () => {
  const acts: readonly ((it: Pair) => Promise<void> | void)[] = [
    (it) => it.client.close(),
    async (it) => {
      await writeWhole(it.client, text("cut off").subarray(0, 5));
      await it.client.closeWrite();
    },
    (it) => it.socket.terminate(),
    (it) => {
      it.socket.close(1000, "");
      it.socket.close(4000, "again");
      it.socket.terminate();
      it.socket.send("too late");
    },
    (it) => {
      // Unread bytes make the system reset the connection.
      it.socket.send("unread");
      return waitFor(() => it.socket.backlog === 0, { what: "a write", every: 5 })
        .then(() => it.client.close());
    },
  ];
  for (const act of acts) {
    await using it = await pair();
    await act(it);
    await called(it, "closed 1006");
    assertEquals(it.calls, ["closed 1006"]);
  }
});
