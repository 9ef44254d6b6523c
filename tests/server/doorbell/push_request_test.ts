// How a push service is reached, and what is not reached by an address that a client chose.

import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../assert.ts";
import { endpointFault, push, type PushWays } from "../../../server/doorbell/push_request.ts";
import { selfSigned } from "../../../server/tls/self_signed.ts";

const request = (endpoint: string) => ({
  endpoint,
  headers: { ttl: "60" },
  body: new TextEncoder().encode("sealed"),
});

/** A server on loopback that answers each connection with a text, and what it was sent. */
function answering(text: string, listener: Deno.Listener = Deno.listen({ port: 0 })) {
  const received: string[] = [];
  const done = (async () => {
    for await (const connection of listener) {
      const buffer = new Uint8Array(8192);
      let request = "";
      while (!request.endsWith("sealed")) {
        const count = await connection.read(buffer).catch(() => null);
        if (count === null) break;
        request += new TextDecoder().decode(buffer.subarray(0, count));
      }
      if (request !== "") received.push(request);
      await connection.write(new TextEncoder().encode(text)).catch(() => {});
      try {
        connection.close();
      } catch { /* Closed by the other side. */ }
    }
  })();
  const { port } = listener.addr as Deno.NetAddr;
  return {
    port,
    received,
    [Symbol.asyncDispose]: async () => {
      listener.close();
      await done.catch(() => {});
    },
  };
}

Deno.test("addresses that a push service cannot have are refused", () => {
  const refused = [
    "",
    "push",
    "http://push.example.org/a",
    "ftp://push.example.org/a",
    "https://push.example.org:8443/a",
    "https://ann@push.example.org/a",
    "https://push.example.org/a#b",
    "https://127.0.0.1/a",
    "https://0x7f.1/a",
    "https://2130706433/a",
    "https://10.1.2.3/a",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/a",
    "https://[fd00::1]/a",
    "https://[::ffff:10.0.0.1]/a",
    "https://[64:ff9b::a00:1]/a",
  ];
  for (const endpoint of refused) assert(endpointFault(endpoint, []), endpoint);
  for (const endpoint of ["https://push.example.org/a?b", "https://8.8.8.8/a"]) {
    assertEquals(endpointFault(endpoint, []), undefined, endpoint);
  }
  assertEquals(endpointFault("http://10.1.2.3:81/a", ["http://10.1.2.3:81"]), undefined);
  assert(endpointFault("http://10.1.2.3:82/a", ["http://10.1.2.3:81"]));
});

Deno.test("a name with a private address is not connected, not even beside a public one", async () => {
  await using service = answering("HTTP/1.1 201 Created\r\n\r\n");
  for (const addresses of [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::1"], []]) {
    const ways: PushWays = { origins: [], resolve: () => Promise.resolve(addresses) };
    const error = await assertRejects(
      () => push(request("https://push.example.org/a"), ways),
      Error,
    );
    assertStringIncludes(error.message, "push.example.org");
  }
  assertEquals(service.received, []);
});

Deno.test("a message is one request, and of the answer the status and Retry-After are read", async () => {
  await using service = answering(
    `HTTP/1.1 429 Too Many Requests\r\nRetry-After:  7 \r\n\r\n${"a".repeat(100_000)}`,
  );
  const origin = `http://push.test:${service.port}`;
  const resolve = () => Promise.resolve(["127.0.0.1"]);
  const answer = await push(request(`${origin}/send?to=1`), { origins: [origin], resolve });
  assertEquals(answer, { status: 429, retryAfter: "7" });
  const [head = "", body] = service.received[0]?.split("\r\n\r\n") ?? [];
  assertEquals(head.split("\r\n"), [
    "POST /send?to=1 HTTP/1.1",
    `host: push.test:${service.port}`,
    "ttl: 60",
    "content-length: 6",
    "connection: close",
  ]);
  assertEquals(body, "sealed");
});

Deno.test("a redirect is an answer like any other", async () => {
  await using target = answering("HTTP/1.1 201 Created\r\n\r\n");
  await using service = answering(
    `HTTP/1.1 307 See\r\nlocation: http://127.0.0.1:${target.port}/\r\n\r\n`,
  );
  const origin = `http://127.0.0.1:${service.port}`;
  assertEquals((await push(request(`${origin}/a`), { origins: [origin] })).status, 307);
  assertEquals(target.received, []);
});

Deno.test("what is no answer of HTTP is an error, however long it is", async () => {
  for (const text of ["SSH-2.0-OpenSSH\r\n\r\n", "", "a".repeat(50_000)]) {
    await using service = answering(text);
    const origin = `http://127.0.0.1:${service.port}`;
    await assertRejects(() => push(request(`${origin}/a`), { origins: [origin] }), Error);
  }
});

Deno.test("the certificate must be one of the name that the client chose", async () => {
  const folder = await Deno.makeTempDir();
  const source = selfSigned(folder, () => ({ names: ["push.test"], addresses: [] }));
  const { cert, key } = await source.read();
  const listener = Deno.listenTls({ port: 0, cert, key });
  await using service = answering("HTTP/1.1 201 Created\r\n\r\n", listener);
  const ways = (origin: string): PushWays => ({
    origins: [origin],
    resolve: () => Promise.resolve(["127.0.0.1"]),
    caCerts: [cert],
  });
  const [right, wrong] = ["push.test", "other.test"].map((name) =>
    `https://${name}:${service.port}`
  );
  assertEquals((await push(request(`${right}/a`), ways(right ?? ""))).status, 201);
  const error = await assertRejects(() => push(request(`${wrong}/a`), ways(wrong ?? "")), Error);
  assertStringIncludes(error.message, "certificate");
  await Deno.remove(folder, { recursive: true });
});
