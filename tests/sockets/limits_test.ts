// The limits of one address over real sockets: at each limit, one past it, and after release.

import { assertEquals } from "../assert.ts";
import { serverLimits } from "../../protocol/mod.ts";
import { RawSocket } from "./raw_socket.ts";
import { SignallingServer } from "./signalling_server.ts";

// Loopback is not counted, so a "proxy" that is believed says where everybody comes from.
const believed = { trustProxy: ["loopback"] };

/** Everybody who came to a server, from wherever they say. */
class Crowd implements Disposable {
  readonly #server: SignallingServer;
  readonly #sockets: RawSocket[] = [];

  constructor(server: SignallingServer) {
    this.#server = server;
  }

  async from(address: string): Promise<RawSocket> {
    const socket = await RawSocket.ask(this.#server.port, { "X-Forwarded-For": address });
    this.#sockets.push(socket);
    return socket;
  }

  async join(address: string, room: string): Promise<RawSocket> {
    const socket = await this.from(address);
    await socket.say({ type: "join", room, name: "Ann" });
    await socket.hear("welcome");
    return socket;
  }

  async statuses(addresses: readonly string[]): Promise<number[]> {
    return (await Promise.all(addresses.map((address) => this.from(address))))
      .map(({ status }) => status);
  }

  [Symbol.dispose](): void {
    for (const socket of this.#sockets) socket.tear();
  }
}

Deno.test("an address has a limit of unjoined sockets, and gets one more after a join", async () => {
  await using server = new SignallingServer(believed);
  using crowd = new Crowd(server);
  const first = await crowd.from("192.0.2.1");
  for (let n = 1; n < serverLimits.unjoinedPerAddress; n++) {
    assertEquals((await crowd.from("192.0.2.1")).status, 101);
  }
  assertEquals((await crowd.from("192.0.2.1")).status, 429);
  assertEquals((await crowd.from("192.0.2.2")).status, 101, "another address");
  await first.say({ type: "join", room: "tea", name: "Ann" });
  await first.hear("welcome");
  assertEquals((await crowd.from("192.0.2.1")).status, 101, "one has joined");
  assertEquals((await crowd.from("192.0.2.1")).status, 429);
});

Deno.test("an address has a limit of sockets, and gets one more after a close", async () => {
  await using server = new SignallingServer(believed);
  using crowd = new Crowd(server);
  // Others open the rooms, because an address may open only a few at once.
  const rooms = Array.from({ length: 16 }, (_, n) => `room-${n}`);
  for (const [n, room] of rooms.entries()) await crowd.join(`198.51.100.${n}`, room);
  const members: RawSocket[] = [];
  while (members.length < serverLimits.socketsPerAddress) {
    members.push(await crowd.join("192.0.2.1", rooms[members.length % rooms.length] ?? ""));
  }
  assertEquals((await crowd.from("192.0.2.1")).status, 429);
  const before = server.parley.hub.counts().sockets;
  members[0]?.tear();
  while (server.parley.hub.counts().sockets === before) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assertEquals((await crowd.from("192.0.2.1")).status, 101);
});

Deno.test("simultaneous handshakes have the same limit as successive ones", async () => {
  await using server = new SignallingServer(believed);
  using crowd = new Crowd(server);
  const many = new Array<string>(2 * serverLimits.socketsPerAddress).fill("192.0.2.1");
  const statuses = await crowd.statuses(many);
  const welcome = statuses.filter((status) => status === 101).length;
  const refused = statuses.filter((status) => status === 429).length;
  assertEquals([welcome, refused], [
    serverLimits.unjoinedPerAddress,
    many.length - serverLimits.unjoinedPerAddress,
  ]);
});

Deno.test("addresses of one IPv6 network count as one", async () => {
  await using server = new SignallingServer(believed);
  using crowd = new Crowd(server);
  for (let n = 1; n <= serverLimits.unjoinedPerAddress; n++) {
    assertEquals((await crowd.from(`2001:db8:0:1::${n.toString(16)}`)).status, 101);
  }
  assertEquals((await crowd.from("2001:db8:0:1:ffff::1")).status, 429);
  assertEquals((await crowd.from("2001:db8:0:2::1")).status, 101);
});
