// The line that counts round trips counts them as TCP needs them.

import { assertEquals } from "../assert.ts";
import { SlowLine } from "../rig/mod.ts";

/** Round trips from the first byte of a fetch to the last of its response. */
async function roundTrips(line: SlowLine, path: string): Promise<number> {
  line.begin();
  let isDone = false;
  const fetched = fetch(line.url + path).then((response) => response.bytes())
    .finally(() => isDone = true);
  for (await line.settle(); !isDone; await line.settle()) await line.step();
  await fetched;
  const { roundTrips } = line;
  await line.end();
  return roundTrips;
}

Deno.test("a connection, a request and each doubling of the window take a round trip", async () => {
  const sizes: Record<string, number> = { "/small": 10, "/medium": 40_000, "/large": 100_000 };
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    ({ url }) => new Response(new Uint8Array(sizes[new URL(url).pathname] ?? 0)),
  );
  await using line = new SlowLine(`http://127.0.0.1:${server.addr.port}`);
  assertEquals(await roundTrips(line, "/small"), 2, "TCP, then the request");
  assertEquals(await roundTrips(line, "/small"), 1, "the connection is there already");
  assertEquals(await roundTrips(line, "/medium"), 2, "its window is that of a young connection");
  assertEquals(await roundTrips(line, "/large"), 2, "it has grown with what went through");
  await server.shutdown();
});

Deno.test("a slow line writes down which request was sent and answered when", async () => {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => new Response("here"),
  );
  await using line = new SlowLine(`http://127.0.0.1:${server.addr.port}`);
  await roundTrips(line, "/a?b=c");
  assertEquals(line.requests, [{ what: "GET /a", sentAt: 2, doneAt: 4 }]);
  await server.shutdown();
});
