import { dirname, join } from "node:path";
import { pathOf } from "../../fresh/fs_routes.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStringIncludes,
} from "../assert.ts";
import { buildFixture, runDev } from "./built_fixture.ts";

/** Client modules of a build by name. */
async function readModules(folder: string): Promise<Map<string, string>> {
  const modules = new Map<string, string>();
  const js = join(folder, "_fresh", "static", "js");
  for await (const { name } of Deno.readDir(js)) {
    modules.set(name, await Deno.readTextFile(join(js, name)));
  }
  return new Map([...modules].sort());
}

Deno.test("the same source gives the same modules, whatever its folder is called", async () => {
  await using first = await buildFixture();
  await using second = await buildFixture(2);
  const modules = await readModules(first.folder);
  assertEquals(await readModules(second.folder), modules);
  for (const name of modules.keys()) assertMatch(name, /^[\w.]+-[0-9a-f]{16}\.js$/);
});

Deno.test("a change renames what it touches and what imports that, nothing else", async () => {
  await using fixture = await buildFixture();
  const before = await readModules(fixture.folder);
  const late = join(fixture.folder, "parts", "late.ts");
  await Deno.writeTextFile(late, 'export const late = "later still";');
  await runDev(fixture.folder, "build").output();
  const after = await readModules(fixture.folder);
  const kept = [...before.keys()].filter((name) => after.has(name));
  const gone = [...before.keys()].filter((name) => !after.has(name));
  assertEquals(gone.map((name) => name.replace(/-.*/, "")), ["chunk", "nested_Lazy"]);
  assertEquals(kept.length, before.size - 2);
  for (const name of kept) assertEquals(after.get(name), before.get(name));
});

Deno.test("the modules hold one Preact and one signals library, and only each other's names", async () => {
  await using fixture = await buildFixture();
  const modules = await readModules(fixture.folder);
  const text = [...modules.values()].join("\n");
  // Each stands once in its library: Preact's class for undecorated roots, and the signals' brand.
  assertEquals(text.match(/http:\/\/www\.w3\.org\/1998\/Math\/MathML/g)?.length, 1);
  assertEquals(text.match(/Symbol\.for\("preact-signals"\)/g)?.length, 1);
  for (const [, name] of text.matchAll(/["']\.\/([^"']+\.js)["']/g)) {
    assert(modules.has(name ?? ""), `no module is called ${name}`);
  }
});

Deno.test("a static file that changes gives asset() another URL", async () => {
  await using fixture = await buildFixture();
  const read = async () => {
    const snapshot = await Deno.readTextFile(join(fixture.folder, "_fresh", "snapshot.js"));
    return /staticBuild = "(\w+)"/.exec(snapshot)?.[1];
  };
  const before = await read();
  await Deno.writeTextFile(join(fixture.folder, "static", "style.css"), "body {}");
  await runDev(fixture.folder, "build").output();
  assertNotEquals(await read(), before);
});

Deno.test("an import that the import map does not know fails the build with its name", async () => {
  await using fixture = await buildFixture();
  const file = join(fixture.folder, "parts", "late.ts");
  await Deno.writeTextFile(file, 'import "left-pad"; export const late = "x";');
  const { success, stderr } = await runDev(fixture.folder, "build").output();
  assertEquals(success, false);
  assertStringIncludes(new TextDecoder().decode(stderr), 'imports "left-pad"');
});

Deno.test("no module of the server imports the bundler", async () => {
  await using fixture = await buildFixture();
  const server = join(fixture.folder, "_fresh", "server.js");
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--no-lock", "--config", join(projectFolder(), "deno.json"), server],
    stderr: "null",
  }).output();
  const graph = new TextDecoder().decode(stdout);
  assertMatch(graph, /preact-render-to-string/);
  assertEquals(graph.match(/esbuild|fresh\/build\//g), null);
});

Deno.test("the development server serves a page that reloads when the server starts anew", async () => {
  await using fixture = await buildFixture();
  const dev = runDev(fixture.folder).spawn();
  const url = await readAddress(dev.stderr);
  const page = await (await fetch(`${url}/plain`)).text();
  const [, script = ""] = /<script type="module" src="([^"]+)"><\/script>/.exec(page) ?? [];
  const code = await (await fetch(url + script)).text();
  const [, events = ""] = /new URL\("\.\/(\w+)"/.exec(code) ?? [];
  const stream = (await fetch(`${url}${dirname(script)}/${events}`)).body?.getReader();
  const first = await stream?.read();
  assertMatch(new TextDecoder().decode(first?.value), /^retry: \d+\ndata: [\w-]+\n\n$/);
  await stream?.cancel();
  dev.kill();
  await dev.stdout.cancel();
  await dev.status;
});

Deno.test("file names become patterns", () => {
  const cases: [string, string][] = [
    ["index", ""],
    ["blog/index", "/blog"],
    ["r/[room]", "/r/:room"],
    ["a/[[b]]", "/a{/:b}?"],
    ["a/[...rest]", "/a/:rest*"],
    ["(group)/x", "/x"],
    ["file.[type]", "/file.:type"],
  ];
  for (const [file, pattern] of cases) assertEquals(pathOf(file), pattern);
});

/** The address that `Deno.serve` prints when it listens. */
async function readAddress(printed: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  const reader = printed.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    text += decoder.decode(value, { stream: true });
    const port = /:(\d+)\//.exec(text)?.[1];
    if (port !== undefined) {
      await reader.cancel();
      return `http://localhost:${port}`;
    }
    if (done) throw new Error(`The server did not start: ${text}`);
  }
}

function projectFolder(): string {
  return dirname(dirname(import.meta.dirname ?? ""));
}

Deno.test("an island that is built apart shares nothing with others, and no page with them", async () => {
  await using fixture = await buildFixture(0, {
    "dev.ts": `import { Builder } from "fresh/dev";
await new Builder({ root: import.meta.dirname, apart: ["nested_Lazy"] }).build();`,
    "routes/alone.tsx": `import { Lazy } from "../islands/nested/Lazy.tsx";
export default () => <Lazy />;`,
    "routes/others.tsx": `import { Probe } from "../islands/Counter.tsx";
export default () => <Probe />;`,
  });
  const modulesOf = async (path: string) => {
    const answer = await fixture.fetch(new Request(`http://here${path}`));
    const html = await answer.text();
    const modules: string[] = html.match(/[\w.-]+-[0-9a-f]{16}\.js/g) ?? [];
    return { status: answer.status, modules };
  };
  const alone = await modulesOf("/alone");
  const others = await modulesOf("/others");
  assertEquals([alone.status, others.status], [200, 200]);
  assert(alone.modules.length > 1, "the island and its own start");
  assertEquals(alone.modules.filter((name) => others.modules.includes(name)), []);
  assertEquals((await modulesOf("/")).status, 500, "two Preacts on one page");
});

Deno.test("the list of scripts names each one that is served, as sha256sum checks it", async () => {
  await using fixture = await buildFixture();
  const { staticFiles } = await import(`file://${fixture.folder}/_fresh/snapshot.js`);
  const list = await Deno.readTextFile(join(fixture.folder, staticFiles["/program.txt"].file));
  const scripts = Object.keys(staticFiles).filter((path) => path.endsWith(".js")).sort();
  assert(scripts.length > 3);
  const lines = await Promise.all(scripts.map(async (path) => {
    const bytes = await Deno.readFile(join(fixture.folder, staticFiles[path].file));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
    return `${digest}  ${path.slice(1)}\n`;
  }));
  assertEquals(list, lines.join(""));
});
