// The UDP ports of clients on the addresses of a machine, over loopback, of which Linux has many.

import { assertEquals, assertThrows } from "../../assert.ts";
import { UdpPorts } from "../../../server/turn/udp_ports.ts";
import { UdpSocket } from "../../../server/turn/udp_socket.ts";

/** Ports that send back what comes. */
function echo(addresses: Set<string>, more: { port?: number; isAnyPort?: boolean } = {}) {
  return new UdpPorts({
    hosts: ["0.0.0.0"],
    port: 0,
    isAnyPort: false,
    addresses: () => addresses,
    receive: (bytes, from, socket) => socket.send(bytes, from),
    onDrop: () => {},
    ...more,
  });
}

/** Who answers a packet to this address; undefined: nobody, because nobody can. */
async function answererOf(hostname: string, port: number): Promise<string> {
  const client = new UdpSocket({ hostname: "127.0.0.1", port: 0 }, () => {});
  const answer = Promise.withResolvers<string>();
  void client.receiveAll((_, from) => {
    answer.resolve(from.hostname);
    return undefined;
  });
  await client.send(new Uint8Array([1]), { hostname, port });
  const from = await answer.promise;
  client.close();
  return from;
}

Deno.test("an answer comes from the address that was asked", async () => {
  const ports = echo(new Set(["127.0.0.1", "127.0.0.2", "127.0.0.3"]));
  assertEquals(ports.open(), []);
  for (const address of ["127.0.0.1", "127.0.0.2", "127.0.0.3"]) {
    assertEquals(await answererOf(address, ports.port), address);
  }
  ports.close();
});

Deno.test("ports follow the addresses of the machine", async () => {
  const addresses = new Set(["127.0.0.1", "127.0.0.2"]);
  const ports = echo(addresses);
  ports.open();
  const { port } = ports;
  addresses.delete("127.0.0.2");
  addresses.add("127.0.0.3");
  // It cannot be used yet, like an address of IPv6 that is new.
  addresses.add("203.0.113.9");
  ports.refresh();
  assertEquals(ports.port, port);
  assertEquals(await answererOf("127.0.0.3", port), "127.0.0.3");
  new UdpSocket({ hostname: "127.0.0.2", port }, () => {}).close();
  ports.close();
});

Deno.test("a port in use on one address is used on the others, and in use on all it is an error", () => {
  const other = new UdpSocket({ hostname: "127.0.0.2", port: 0 }, () => {});
  const { port } = other;
  const some = echo(new Set(["127.0.0.1", "127.0.0.2"]), { port });
  assertEquals(some.open(), ["127.0.0.2"]);
  some.close();
  const none = echo(new Set(["127.0.0.2"]), { port });
  assertThrows(() => none.open(), Deno.errors.AddrInUse);
  const any = echo(new Set(["127.0.0.1", "127.0.0.2"]), { port, isAnyPort: true });
  assertEquals(any.open(), []);
  assertEquals(any.port === port, false);
  any.close();
  other.close();
});
