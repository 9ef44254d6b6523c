// Links as people get them, over a real connection.

import { assert, assertEquals } from "../assert.ts";
import { startServer } from "../rig/mod.ts";

/** Status and target of a response to a raw request, because `fetch` would normalise the path. */
async function ask(server: string, path: string, method = "GET") {
  const { hostname, port } = new URL(server);
  using connection = await Deno.connect({ hostname, port: Number(port) });
  const request =
    `${method} ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`;
  await connection.write(new TextEncoder().encode(request));
  const answer = await new Response(connection.readable).text();
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
  return { status, location: /^location: (.*?)\r$/im.exec(answer)?.[1], answer };
}

Deno.test("an address with one possible page is a redirect with its query, for GET and HEAD alone", async () => {
  await using server = await startServer();
  const wanted = {
    "/r/tea/?join=1": "/r/tea?join=1",
    "//r//tea": "/r/tea",
    "/R/tea.": "/r/tea",
    "/r/tea%E2%80%8B": "/r/tea",
    "/admin/": "/admin",
    "/doctor/": "/doctor",
    "//": "/",
  };
  for (const [path, to] of Object.entries(wanted)) {
    for (const method of ["GET", "HEAD"]) {
      const { status, location } = await ask(server.url, path, method);
      assertEquals([status, location], [308, to], `${method} ${path}`);
    }
  }
  assertEquals((await ask(server.url, "/r/tea/", "POST")).status < 500, true);
  for (
    const path of ["//evil.example", "//evil.example/", "//evil.example/r/tea", "/r//evil.example"]
  ) {
    const { status, location } = await ask(server.url, path);
    assertEquals([status, location], [404, undefined], path);
  }
});

Deno.test("an address with a likely room offers it, with status 404, or 400 if it is malformed", async () => {
  await using server = await startServer();
  const paths = {
    "/r/tea/bob?camera=0": 404,
    "/r/tea%2Fbob?camera=0": 404,
    "/r/tea%?camera=0": 400,
  };
  for (const [path, expected] of Object.entries(paths)) {
    const { status, answer } = await ask(server.url, path);
    assertEquals(status, expected, path);
    assert(/<h1[^>]*>Did you mean tea\?</.test(answer), path);
    assert(answer.includes('href="/r/tea?camera=0"'), path);
  }
  const { status, answer } = await ask(server.url, "/no/such/page");
  assertEquals([status, /<h1[^>]*>Did you mean/.test(answer)], [404, false]);
});

Deno.test("redirects and offers stay below the base path", async () => {
  await using server = await startServer({ args: ["--base-path", "/talk"] });
  const { status, location } = await ask(server.url, "//talk/R/tea/?join=1");
  assertEquals([status, location], [308, "/talk/r/tea?join=1"]);
  const offer = await ask(server.url, "/talk/r/tea%20room");
  assertEquals(offer.status, 404);
  assert(offer.answer.includes('href="/talk/r/tea-room"'));
  assertEquals((await ask(server.url, "/r/tea/")).status, 404);
});
