import {
  assert,
  assertEquals,
  assertMatch,
  assertNotMatch,
  assertStringIncludes,
} from "../assert.ts";
import { buildFixture } from "./built_fixture.ts";

const fixture = await buildFixture();
Deno.test.afterAll(async () => await fixture[Symbol.asyncDispose]());

async function ask(path: string, init?: RequestInit) {
  const response = await fixture.fetch(new Request(`http://localhost${path}`, init));
  return { status: response.status, headers: response.headers, text: await response.text() };
}

Deno.test("a page stands in its layout and app wrapper, with its data, status and headers", async () => {
  const { status, headers, text } = await ask("/r/abc");
  assertEquals([status, headers.get("x-room"), headers.get("x-app")], [203, "yes", "1"]);
  assertEquals(headers.get("content-type"), "text/html; charset=utf-8");
  assertMatch(text, /^<!DOCTYPE html><html lang="en"><head>.*<body><main data-path="\/r\/abc">/);
  assertStringIncludes(text, '<p id="room">abc ABC app>r</p></main></body></html>');
});

Deno.test("middlewares and layouts of a group reach its own files only", async () => {
  assertStringIncludes(
    (await ask("/lab/2")).text,
    "<body><section><p>step 2 app>lab</p></section>",
  );
  assertStringIncludes((await ask("/lab")).text, "<p>step none app>lab</p>");
  assertNotMatch((await ask("/plain")).text, /<section>/);
  assertStringIncludes((await ask("/nowhere")).text, 'data-seen="app"');
  assertStringIncludes((await ask("/r/no/where")).text, 'data-seen="app>r"');
});

Deno.test("a rest parameter takes what is left of the path, and a handler function every method", async () => {
  const { text } = await ask("/api/a/b", { method: "PATCH" });
  assertEquals(JSON.parse(text), { method: "PATCH", rest: "a/b", route: "/api/:rest*" });
});

Deno.test("errors are shown by _error.tsx with their status and none of their details", async () => {
  assertEquals((await ask("/nowhere")).status, 404);
  assertStringIncludes((await ask("/nowhere")).text, ">404 Not Found</p>");
  assertEquals((await ask("/api/teapot")).status, 418);
  const { status, text } = await ask("/api/fail");
  assertEquals(status, 500);
  assertStringIncludes(text, ">broken</p>");
  assertNotMatch(text, /secret|\.ts/);
});

Deno.test("<Head> replaces the title and escapes its text", async () => {
  const { text } = await ask("/");
  assertEquals(text.match(/<title>[^<]*<\/title>/g), ["<title>Home &lt;of> islands</title>"]);
});

Deno.test("of elements in <Head> that are the same the last one stays, and none of the wrapper's", async () => {
  const { text } = await ask("/heads");
  const links = [...text.matchAll(/<link rel="(stylesheet|icon)" href="\/([\w.]+)/g)];
  assertEquals(links.map(([, rel, href]) => `${rel} ${href}`), [
    "icon dot.svg",
    "stylesheet c.css",
    "stylesheet d.css",
    "stylesheet e.css",
  ]);
  assertEquals([...text.matchAll(/<meta name="x"[^>]*>/g)].map(([tag]) => tag), [
    '<meta name="x" content="2"/>',
  ]);
  assertEquals(text.match(/<title>[^<]*<\/title>/g), ["<title>Second</title>"]);
});

Deno.test("islands are marked and described, and only pages that use them load modules", async () => {
  const { text } = await ask("/");
  assertEquals(text.match(/<!--\/?island:\d-->/g)?.length, 8);
  const json = /<script type="application\/json" id="fresh-islands">([^<]*)<\/script>/.exec(text)
    ?.[1];
  const page: { islands: { name: string; props: unknown }[]; signals: unknown[] } = JSON.parse(
    json ?? "",
  );
  assertEquals(page.islands.map(({ name }) => name), ["Counter", "Counter", "Probe", "Lazy"]);
  assertEquals(page.islands[0]?.props, { id: "one", count: { $signal: 0 }, label: "</script><b>" });
  assertEquals(page.signals, [3]);
  assertNotMatch((await ask("/plain")).text, /<script|modulepreload|island:/);
});

Deno.test("a module that a page names by its source comes with the page, after its island", async () => {
  const modulesOf = async (path: string) =>
    [...(await ask(path)).text.matchAll(/<link rel="modulepreload" href="([^"]+)">/g)]
      .map(([, url]) => url ?? "");
  const modules = await modulesOf("/soon");
  assertMatch(modules[0] ?? "", /nested_Lazy/, "the island is the largest");
  assertStringIncludes((await ask(modules.at(-1) ?? "")).text, "arrived late");
  assertEquals(new Set(modules).size, modules.length);
  assertNotMatch((await ask("/soon")).text, /late-module/);
  assertEquals((await modulesOf("/")).includes(modules.at(-1) ?? ""), false);
});

Deno.test("a page holds no inline code and no style attribute", async () => {
  const { text } = await ask("/");
  for (const [tag] of text.matchAll(/<script[^>]*>/g)) {
    assertMatch(tag, /src="\/|application\/json/);
  }
  assertNotMatch(text, / style=| on\w+="|javascript:/);
});

Deno.test("every module a page names is there, immutable, and script", async () => {
  const { text } = await ask("/");
  const urls = [...text.matchAll(/(?:href|src)="(\/_fresh\/[^"]+)"/g)].map(([, url]) => url ?? "");
  assert(urls.length >= 4);
  for (const url of urls) {
    const { status, headers } = await ask(url);
    assertEquals([status, headers.get("content-type")], [200, "text/javascript; charset=utf-8"]);
    assertEquals(headers.get("cache-control"), "public, max-age=31536000, immutable");
  }
});

Deno.test("static files revalidate, unless asset() made their URL", async () => {
  const url = /href="(\/style\.css\?v=[^"]+)"/.exec((await ask("/plain")).text)?.[1] ?? "";
  assertEquals(
    (await ask(url)).headers.get("cache-control"),
    "public, max-age=31536000, immutable",
  );
  for (const path of ["/style.css", "/style.css?v=old", "/style%2Ecss"]) {
    const { status, headers, text } = await ask(path);
    assertEquals([status, headers.get("content-type")], [200, "text/css; charset=utf-8"]);
    assertEquals(headers.get("cache-control"), "public, max-age=0, must-revalidate");
    assertStringIncludes(text, "color: black");
    const etag = headers.get("etag") ?? "";
    for (const tag of [etag, `W/${etag}`, `"x", ${etag}`]) {
      assertEquals((await ask(path, { headers: { "if-none-match": tag } })).status, 304);
    }
    assertEquals((await ask(path, { headers: { "if-none-match": '"x"' } })).status, 200);
  }
  assertEquals((await ask("/style.css", { method: "HEAD" })).text, "");
  assertEquals((await ask("/style.css", { method: "POST" })).status, 404);
});

Deno.test("no path leads out of the static files", async () => {
  const paths = [
    "/..%2fmain.ts",
    "/%2e%2e/main.ts",
    "/..%5cmain.ts",
    "/main.ts",
    "/_fresh/snapshot.js",
    "/_fresh/js/..%2f..%2fserver.js",
    "/style.css%00",
    "/constructor",
    "/__proto__",
    "/%ff",
    "//style.css",
  ];
  for (const path of paths) assertEquals((await ask(path)).status, 404, path);
});
