// Connections of STUN: on a port with TLS, and the places that they take.

import { assertEquals } from "../../assert.ts";
import { selfSigned } from "../../../server/tls/self_signed.ts";
import type { ByteStream } from "../../../server/websocket/framed_socket.ts";
import { waitFor } from "../../rig/wait_for.ts";
import { bytesOf, connect, house, readToEnd } from "./house.ts";

const binding = new Uint8Array([0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42, ...Array(12).fill(7)]);

Deno.test("on a port with TLS a message of STUN is taken without TLS, split anywhere", async () => {
  const machine = { names: ["localhost"], addresses: ["127.0.0.1"] };
  const certificate = await selfSigned(undefined, () => machine).read();
  const heard: string[] = [];
  await using it = house({
    certificate,
    headMs: 2_000,
    stun: ({ stream, early, arrival: { secure } }) => {
      heard.push(`${early[0]} ${early[1]} ${secure}`);
      stream.close();
    },
  });
  for (const split of [1, 8, 20]) {
    using client = await connect(it);
    client.setNoDelay();
    await client.write(binding.subarray(0, split));
    await client.write(binding.subarray(split));
    await readToEnd(client).catch(() => "");
  }
  assertEquals(heard, ["0 1 false", "0 1 false", "0 1 false"]);
  // Neither another protocol nor what only begins so is answered.
  for (const other of ["GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\0\x01\0\0no cookie of STUN", "\0"]) {
    using client = await connect(it);
    await client.write(bytesOf(other));
    assertEquals(await readToEnd(client).catch(() => ""), "", other);
  }
  assertEquals(heard.length, 3);
});

Deno.test("a connection of STUN has a place until it is released, and gives it back once", async () => {
  const taken: { stream: ByteStream; release: () => void }[] = [];
  await using it = house({ most: 1, stun: (connection) => void taken.push(connection) });
  const clients: Deno.Conn[] = [];
  const open = async () => {
    const client = await connect(it);
    clients.push(client);
    await client.write(binding);
    await waitFor(() => taken.length === clients.length, { what: "the connection", every: 5 });
  };
  await open();
  using late = await connect(it);
  assertEquals(await readToEnd(late).catch(() => ""), "", "there is no second place");
  taken[0]?.release();
  await open();
  assertEquals(it.door.connections, 1);
  taken[0]?.stream.close();
  assertEquals(it.door.connections, 1, "the place of the second is still taken");
  taken[1]?.stream.close();
  await waitFor(() => it.door.connections === 0, { what: "the last place", every: 5 });
  for (const client of clients) client.close();
});
