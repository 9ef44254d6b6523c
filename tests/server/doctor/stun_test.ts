// How `parley doctor` asks STUN and TURN servers; tests/server/turn/ has the tests of the messages.

import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { assertEquals, assertRejects } from "../../assert.ts";
import {
  addressOf,
  errorOf,
  placeOf,
  StunConnection,
  stunRequest,
} from "../../../server/doctor/stun.ts";
import {
  addressAttribute,
  attributes,
  errorAttribute,
  methods,
  newMask,
  readStun,
  readText,
  writeStun,
} from "../../../server/turn/stun_message.ts";

const client = { hostname: "2001:db8::7", port: 32_853 };

/** The answer to a binding request. */
function answerTo(request: Uint8Array): Uint8Array {
  const mask = readStun(request)?.mask.slice() ?? newMask();
  const list = [addressAttribute(attributes.xorMappedAddress, { endpoint: client, mask })];
  return writeStun({ method: methods.binding, kind: "success", mask, list });
}

Deno.test("a request with credentials is signed with the key that they make", () => {
  const credentials = { username: "1:ann", password: "secret", realm: "here", nonce: "once" };
  const peers = [{ hostname: "192.0.2.1", port: 9 }];
  const request = readStun(stunRequest(methods.createPermission, { peers, credentials }));
  assertEquals(
    [attributes.username, attributes.realm, attributes.nonce]
      .map((type) => request && readText(request, type)),
    ["1:ann", "here", "once"],
  );
  const keyOf = (text: string) => createHash("md5").update(text).digest();
  assertEquals(request?.isSignedWith(keyOf("1:ann:here:secret")), true);
  assertEquals(request?.isSignedWith(keyOf("1:ann:here:wrong")), false);
});

Deno.test("the error code of an answer is read", () => {
  const answer = readStun(writeStun({
    method: methods.allocate,
    kind: "error",
    mask: newMask(),
    list: [errorAttribute(486)],
  }));
  assertEquals(answer && errorOf(answer), 486);
});

Deno.test("an answer over TCP is found behind other messages, however it is cut", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served = (async () => {
    using connection = await listener.accept();
    connection.setNoDelay();
    const buffer = new Uint8Array(512);
    const count = await connection.read(buffer) ?? 0;
    const other = writeStun({
      method: methods.data,
      kind: "indication",
      mask: newMask(),
      list: [],
    });
    const bytes = new Uint8Array([...other, ...answerTo(buffer.slice(0, count))]);
    for (const [from, to] of [[0, 25], [25, 30], [30, bytes.length]]) {
      await connection.write(bytes.subarray(from, to));
    }
    await connection.read(buffer);
  })();
  const { port } = listener.addr;
  const connection = await StunConnection.overTcp("127.0.0.1", { port, tls: false });
  const answer = await connection.ask(stunRequest(methods.binding));
  const mapped = addressOf(answer, attributes.xorMappedAddress);
  assertEquals(mapped && placeOf(mapped), "[2001:db8::7]:32853");
  connection[Symbol.dispose]();
  await served;
});

Deno.test("a connection that ends instead of an answer is an error", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served = (async () => {
    using connection = await listener.accept();
    await connection.read(new Uint8Array(512));
  })();
  const { port } = listener.addr;
  using connection = await StunConnection.overTcp("127.0.0.1", { port, tls: false });
  await assertRejects(() => connection.ask(stunRequest(methods.binding)), Error);
  await served;
});

Deno.test("a datagram that is lost is sent again, and strangers' answers do not count", async () => {
  const server = createSocket("udp4");
  server.bind(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  let requests = 0;
  server.on("message", (bytes: Uint8Array, from: { port: number; address: string }) => {
    const request = ++requests === 1 ? stunRequest(methods.binding) : new Uint8Array(bytes);
    server.send(answerTo(request), from.port, from.address);
  });
  using connection = StunConnection.overUdp("127.0.0.1", port);
  const answer = await connection.ask(stunRequest(methods.binding));
  assertEquals([requests, answer.kind], [2, "success"]);
  server.close();
});
