// What pages and files need under either Fresh: all their styles, an answer to every address, a log
// line for every fault.

import { assertEquals, assertMatch, assertNotMatch, assertStringIncludes } from "../assert.ts";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectFolder } from "../../scripts/server_command.ts";
import { startServer } from "../rig/mod.ts";

/** The stylesheets a page names, in order. */
function sheetsIn(html: string): string[] {
  return [...html.matchAll(/<link\b[^>]*>/g)].map(([tag]) => tag)
    .filter((tag) => tag.includes('rel="stylesheet"'))
    .map((tag) => /href="[^"]*\/([\w-]+)\.css/.exec(tag)?.[1] ?? tag);
}

Deno.test("every page requests one stylesheet", async () => {
  const token = await Deno.makeTempFile();
  await Deno.writeTextFile(token, "a token that is long enough for anybody");
  await using server = await startServer({ args: ["--admin-token-file", token] });
  const pages = {
    "/": "styles",
    "/r/tea": "room",
    "/r/bad%20name": "room",
    "/admin": "desk",
    "/doctor": "desk",
    "/nowhere": "styles",
  };
  for (const [path, sheet] of Object.entries(pages)) {
    const html = await (await fetch(server.url + path)).text();
    assertEquals(sheetsIn(html), [sheet], path);
    assertEquals(html.match(/<title>[^<]*<\/title>/g)?.length, 1, path);
  }
  await Deno.remove(token);
});

Deno.test("the first script of a link that joins at once is told where to open the socket", async () => {
  await using server = await startServer({ args: ["--base-path", "/talk"] });
  const scriptOf = async (path: string) =>
    /<script src="[^"]*boot.js[^>]*>/.exec(await (await fetch(server.url + path)).text())?.[0];
  assertStringIncludes(
    await scriptOf("/r/tea?join=1") ?? "",
    ' data-socket="/talk/ws?room=tea" data-subprotocols="parley.v1.relay parley.v1"',
  );
  for (const path of ["/r/tea", "/r/tea?join=0", "/?join=1", "/doctor?join=1"]) {
    assertNotMatch(await scriptOf(path) ?? "none", /none|data-/, path);
  }
});

const malformed = ["/%", "/r/%", "/r/%zz", "/r/tea%", "/r/%ff", "/r/%E0%A4%A", "/r/%C0%AF"]
  .concat(["/r/%ED%A0%80/inside", "/api/v1/%80", "/styles.css%FE", "/%25%2", "/ws%c3"]);

for (const base of ["", "/talk"]) {
  Deno.test(`a path that cannot be decoded is a page with status 400 and no fault: below "${base}/"`, async () => {
    const token = await Deno.makeTempFile();
    await Deno.writeTextFile(token, "a token that is long enough for anybody");
    const args = ["--admin-token-file", token, ...base === "" ? [] : ["--base-path", base]];
    await using server = await startServer({ args });
    for (const path of malformed) {
      const answer = await fetch(server.url + path);
      assertEquals(answer.status, 400, path);
      assertMatch(answer.headers.get("content-type") ?? "", /^text\/html; ?charset=utf-8$/i, path);
      const policy = answer.headers.get("content-security-policy") ?? "";
      assertMatch(policy, /script-src 'self'( 'nonce-\w+')?; frame/);
      assertMatch(await answer.text(), /There is nothing at this address|Did you mean/);
    }
    const head = await fetch(`${server.url}/r/%ff`, { method: "HEAD" });
    assertEquals([head.status, await head.text()], [400, ""]);
    const post = await fetch(`${server.url}/r/%ff`, { method: "POST", body: "x" });
    assertEquals([post.status, (await post.text()).length > 0], [400, true]);
    const fine = ["/r/%E8%8C%B6", "/r/tea?name=%ff", "/r/caf%C3%A9"];
    for (const path of fine) {
      const answer = await fetch(server.url + path);
      assertEquals([answer.status, path], [200, path]);
      await answer.body?.cancel();
    }
    assertNotMatch(server.output, /"level":"error"/);
    await Deno.remove(token);
  });
}

Deno.test("the client module imports nothing and is open to every origin, other files are not", async () => {
  await using server = await startServer({ args: ["--base-path", "/talk"] });
  const client = await fetch(`${server.url}/parley-client.js`);
  assertEquals(client.status, 200);
  assertMatch(client.headers.get("content-type") ?? "", /^text\/javascript; charset=utf-8$/i);
  assertEquals(client.headers.get("access-control-allow-origin"), "*");
  assertNotMatch(await client.text(), /\bfrom\s*["']|\bimport\s*[("']/);
  const etag = client.headers.get("etag") ?? "";
  const again = await fetch(`${server.url}/parley-client.js`, {
    headers: { "if-none-match": etag },
  });
  assertEquals([again.status, again.headers.get("access-control-allow-origin")], [304, "*"]);
  for (const path of ["/", "/styles.css", "/boot.js", "/r/parley-client.js", "/healthz"]) {
    const { headers, body } = await fetch(server.url + path);
    await body?.cancel();
    assertEquals(headers.get("access-control-allow-origin"), null, path);
  }
});

Deno.test("an exception of a route is logged once, and a missing page is not", async () => {
  const server = pathToFileURL(join(projectFolder, "_fresh", "server.js")).href;
  // Routes read the address of the connection, so one without breaks them.
  const program = `const lines = [];
    Deno.stderr.write = (bytes) => {
      lines.push(new TextDecoder().decode(bytes));
      return Promise.resolve(bytes.length);
    };
    const { default: { fetch } } = await import(${JSON.stringify(server)});
    const info = { remoteAddr: undefined };
    const ask = async (path) => (await fetch(new Request("http://here" + path), info)).status;
    const statuses = [await ask("/seen"), await ask("/nowhere"), await ask("/admin")];
    console.log(JSON.stringify({ statuses, lines }));
    Deno.exit(0);`;
  const home = await Deno.makeTempDir();
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", "--no-lock", "--config", join(projectFolder, "deno.json"), program],
    cwd: projectFolder,
    env: { NO_COLOR: "1", PARLEY_STATE_DIR: home },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assertEquals(text(stderr), "", "nothing is said past the log");
  const { statuses, lines } = JSON.parse(text(stdout));
  assertEquals([statuses, lines.length], [[500, 404, 404], 1]);
  const { level, words, kind, place } = JSON.parse(lines[0]);
  assertEquals([level, words, kind], ["error", "a request failed", "TypeError"]);
  assertStringIncludes(place, "request.ts");
  await Deno.remove(home, { recursive: true });
});
