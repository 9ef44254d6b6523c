import { assertEquals } from "../../assert.ts";
import { limits, serverLimits } from "../../../protocol/mod.ts";
import { type Socket, SocketPool } from "../../../signaling/shell/socket_pool.ts";

class FakeSocket implements Socket {
  readonly sent: string[] = [];
  readonly closed: number[] = [];
  backlog = 0;
  send(frame: string): void {
    this.sent.push(frame);
  }
  close(code: number): void {
    this.closed.push(code);
  }
}

function pooled(): { pool: SocketPool; socket: FakeSocket } {
  const pool = new SocketPool();
  const socket = new FakeSocket();
  pool.add(1, { socket, address: "192.0.2.1" });
  return { pool, socket };
}

Deno.test("a slow reader loses what can be dropped, then its connection", () => {
  const { pool, socket } = pooled();
  const send = (droppable: boolean) => pool.send(1, "x", { droppable });
  socket.backlog = limits.backlogDropBytes;
  assertEquals([send(true), send(false)], ["sent", "sent"]);
  socket.backlog = limits.backlogDropBytes + 1;
  assertEquals([send(true), send(false)], ["dropped", "sent"]);
  socket.backlog = serverLimits.backlogCutBytes;
  assertEquals(send(false), "sent");
  socket.backlog = serverLimits.backlogCutBytes + 1;
  assertEquals(send(false), "cut");
  assertEquals(socket.closed, [4008]);
  assertEquals(send(false), "dropped");
});

Deno.test("a socket is closed once, and counts against its address until it is really gone", () => {
  const { pool, socket } = pooled();
  pool.close(1, "rate");
  pool.close(1, "full");
  assertEquals(socket.closed, [4009]);
  assertEquals([...pool.socketsOf("192.0.2.1")], [1]);
  pool.remove(1);
  pool.remove(1);
  assertEquals([...pool.socketsOf("192.0.2.1")], []);
});

Deno.test("empty() resolves when the last socket is gone", async () => {
  const { pool } = pooled();
  let isEmpty = false;
  const empty = pool.empty().then(() => isEmpty = true);
  await Promise.resolve();
  assertEquals(isEmpty, false);
  const arrived = pool.beginHandshake("192.0.2.1");
  pool.remove(1);
  await Promise.resolve();
  assertEquals(isEmpty, false, "one more is on its way in");
  arrived();
  arrived();
  await empty;
  assertEquals(isEmpty, true);
});
