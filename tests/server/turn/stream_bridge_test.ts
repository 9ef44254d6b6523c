// The streams of clients in the worker, over real connections and with the clock of the test.

import { assert, assertEquals } from "../../assert.ts";
import { passwordOf } from "../../../server/turn/credentials.ts";
import type { Endpoint } from "../../../server/turn/endpoint.ts";
import { methods } from "../../../server/turn/stun_message.ts";
import { StreamBridge } from "../../../server/turn/stream_bridge.ts";
import { writeHead } from "../../../server/turn/stream_head.ts";
import { waitFor } from "../../rig/wait_for.ts";
import { RelayClient } from "../../sockets/turn_client.ts";
import { type Client, dataOf, Relay, secret } from "./relay_rig.ts";

const token = "the-token-of-this-process";
const address = { hostname: "9.9.9.9", port: 999 };

/** A bridge to a server whose clock the test sets. */
class Rig implements Disposable {
  readonly relay = new Relay();
  readonly allocated: number[] = [];
  drops = 0;
  readonly bridge = new StreamBridge({
    server: this.relay.server,
    token,
    now: () => this.relay.now,
    onAllocated: (port) => this.allocated.push(port),
    onDrop: () => this.drops++,
  });

  /** A connection as this process makes it. */
  async connect(head = writeHead({ transport: "tcp", address }, token)): Promise<Deno.TcpConn> {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port: this.bridge.port });
    await connection.write(head);
    return connection;
  }

  /** A member with two allocations that permit each other. */
  async pair(): Promise<Pair> {
    const stream = RelayClient.over(await this.connect());
    const other = this.relay.member("ann");
    const { username } = other;
    const here = await stream.relayed({ username, password: passwordOf(username, secret) });
    const there = other.relayed();
    assertEquals([await stream.permit(there), other.permit(here)], [undefined, undefined]);
    return { stream, here, other, there, [Symbol.dispose]: () => stream[Symbol.dispose]() };
  }

  [Symbol.dispose](): void {
    this.bridge.close();
  }
}

/** One client over a stream and one over UDP, and their relayed addresses. */
interface Pair extends Disposable {
  readonly stream: RelayClient;
  readonly here: Endpoint;
  readonly other: Client;
  readonly there: Endpoint;
}

Deno.test("a client over a stream is seen at its own address, and relayed", async () => {
  using rig = new Rig();
  using pair = await rig.pair();
  const { stream, other, there } = pair;
  await stream.sendTo(there, new TextEncoder().encode("hello"));
  await waitFor(() => other.got.length > 0, { what: "the packet", every: 5 });
  assertEquals(dataOf(other.take())?.text, "hello");
  assertEquals(rig.allocated.length, 1);
});

Deno.test("a connection without the token of this process is closed", async () => {
  using rig = new Rig();
  const heads = [
    writeHead({ transport: "tcp", address }, "another-token"),
    new Uint8Array(400).fill(0x61),
    new TextEncoder().encode("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
  ];
  for (const head of heads) {
    using connection = await rig.connect(head);
    assertEquals(await connection.read(new Uint8Array(1)).catch(() => null), null);
  }
});

Deno.test("a client without an allocation is closed after 10 s, and one with it is not", async () => {
  using rig = new Rig();
  using pair = await rig.pair();
  const { stream } = pair;
  using idle = RelayClient.over(await rig.connect());
  assertEquals((await idle.ask(methods.binding)).kind, "success");
  rig.relay.now += 9_999;
  rig.bridge.tick();
  assertEquals((await idle.ask(methods.binding)).kind, "success");
  rig.relay.now += 1;
  rig.bridge.tick();
  assertEquals(await idle.next(), undefined);
  assertEquals((await stream.ask(methods.binding)).kind, "success");
  rig.relay.server.revoke("ann");
  assertEquals(await stream.next(), undefined, "its allocation has ended");
});

Deno.test("packets for a client that does not read are dropped, and others are relayed on", async () => {
  using rig = new Rig();
  using pair = await rig.pair();
  const { other, here } = pair;
  const payload = new Uint8Array(1_000);
  const before = Deno.memoryUsage().external;
  // The system takes some megabytes before the bridge has to.
  await waitFor(async () => {
    for (let count = 0; count < 2_000; count++) other.send(here, payload);
    await new Promise((resume) => setTimeout(resume));
    return rig.drops > 5_000;
  }, { what: "packets to be dropped", every: 0 });
  assert(Deno.memoryUsage().external - before < 2 ** 22, "nothing else is kept");
  const third = rig.relay.member("bob");
  const reached = third.relayed();
  third.permit(pair.there);
  other.permit(reached);
  other.send(reached, new TextEncoder().encode("on time"));
  assertEquals(dataOf(third.take())?.text, "on time");
});
