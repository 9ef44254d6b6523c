// What docs/ARCHITECTURE.md says about the shape of the source, held to by a test.

import { assert, assertEquals } from "./assert.ts";
import { join } from "node:path/posix";
import { projectFolder, taskText } from "../scripts/server_command.ts";
import { findCircles } from "./architecture/circles.ts";
import { longFiles, maxFileLines } from "./architecture/file_lines.ts";
import {
  findFiles,
  parseSource,
  readImportMap,
  readSources,
  resolveImport,
} from "./architecture/source_files.ts";
import {
  findBackDoors,
  findBreaches,
  findComposedLoaders,
  findForeignViews,
  findHiddenLoaders,
} from "./architecture/zones.ts";

const MAX_FUNCTION_LINES = 60;

const sources = await readSources();
const map = await readImportMap();

Deno.test("every import obeys the table of zones", () => {
  assert(sources.length > 10, "the walk found the source");
  assertEquals(findBreaches(sources, map), []);
});

Deno.test("an import against the table is found, whichever way it is written", () => {
  const text = [
    `import { step } from "../signaling/core/core.ts";`,
    `import type { Hub } from "../signaling/shell/hub.ts";`,
    `export * from "../app/mod.ts";`,
    `export { h } from "preact";`,
    `const late = await import("../islands/Room.tsx");`,
    `type Far = import("../signaling/mod.ts").Hub;`,
    `const hidden = await import(late.name);`,
    `import { ROOM } from "../protocol/mod.ts"; // allowed`,
    `const text = 'import "../signaling/mod.ts"'; // import "preact"`,
  ].join("\n");
  const breaches = findBreaches([parseSource("protocol/wrong.ts", text)], map);
  assertEquals(breaches.map((line) => line.split(" ")[0]), [
    "protocol/wrong.ts:1",
    "protocol/wrong.ts:2",
    "protocol/wrong.ts:3",
    "protocol/wrong.ts:4",
    "protocol/wrong.ts:5",
    "protocol/wrong.ts:6",
    "protocol/wrong.ts:7",
  ]);
});

Deno.test("a feature of app/ is reached by its doors: mod.ts, views.ts and lazy.ts", () => {
  assertEquals(findBackDoors(sources, map), []);
});

Deno.test("an import of a feature's inside is found, and one of a feature from ui/", () => {
  const text = [
    `import { ChatPanel } from "../chat/ChatPanel.tsx";`,
    `import type { RoomStore } from "../room/room_store.ts";`,
    `import { LocalMedia } from "../../mesh/media/local_media.ts";`,
    `import { ChatPanel } from "../chat/views.ts"; import { loadMenus } from "../chat/lazy.ts";`,
    `import { Icon } from "../ui/Icon.tsx"; import { lateImport } from "../../mesh/mod.ts";`,
  ].join("\n");
  const found = ["app/stage/Tile.tsx", "app/ui/Tile.tsx"].map((path) => parseSource(path, text));
  assertEquals(findBackDoors(found, map).map((line) => line.split(" ")[0]), [
    "app/stage/Tile.tsx:1",
    "app/stage/Tile.tsx:2",
    "app/stage/Tile.tsx:3",
    "app/ui/Tile.tsx:1",
    "app/ui/Tile.tsx:2",
    "app/ui/Tile.tsx:3",
    "app/ui/Tile.tsx:4",
    "app/ui/Tile.tsx:4",
  ]);
});

Deno.test("the stage imports no view of another feature: app/room/ fills its slots", () => {
  assertEquals(findForeignViews(sources, map), []);
});

Deno.test("another feature's view on the stage is found, and its own and a store are not", () => {
  const text = [
    `import { HandChip } from "../talk/views.ts";`,
    `import type { HandChip } from "../talk/views.ts";`,
    `import { loadTalkStore } from "../talk/lazy.ts";`,
    `import type { TalkStore } from "../talk/mod.ts"; import { loadMenus } from "./lazy.ts";`,
    `import { Icon } from "../ui/Icon.tsx";`,
  ].join("\n");
  const found = ["app/stage/Tile.tsx", "app/room/Bar.tsx"].map((path) => parseSource(path, text));
  assertEquals(findForeignViews(found, map).map((line) => line.split(" ")[0]), [
    "app/stage/Tile.tsx:1",
    "app/stage/Tile.tsx:2",
    "app/stage/Tile.tsx:3",
  ]);
});

Deno.test("what a feature loads late is in its lazy.ts and nowhere else", () => {
  assertEquals(findHiddenLoaders(sources), []);
});

Deno.test("an import() outside a lazy.ts is found", () => {
  const text = `const late = () => import("./late.ts"); type Late = typeof import("./late.ts");`;
  const found = ["app/chat/ChatRoom.tsx", "app/chat/lazy.ts", "islands/Room.tsx", "mesh/mesh.ts"]
    .map((path) => parseSource(path, text));
  assertEquals(findHiddenLoaders(found).map((line) => line.split(" ")[0]), [
    "app/chat/ChatRoom.tsx:1",
    "islands/Room.tsx:1",
  ]);
});

Deno.test("what a page loads late is one import() each, which can be tried again", () => {
  assertEquals(findComposedLoaders(sources), []);
});

Deno.test("a loader that makes something of a module is found", () => {
  const found = [
    `const load = async () => (await import("./late.ts")).open;`,
    `const load = () => Promise.all([a, import("./late.ts")]);`,
    `const load = () => import("./late.ts").then(open);`,
    `const load = () => lateImport(() => import("./late.ts")); type Late = typeof import("./a.ts");`,
  ].map((text) => findComposedLoaders([parseSource("app/chat/lazy.ts", text)]).length);
  assertEquals(found, [1, 1, 1, 0]);
});

Deno.test("no files import each other in a circle, types and late imports included", () => {
  assertEquals(findCircles(sources, map), []);
});

Deno.test("a circle is found, however it is closed, and no file beside it counts", () => {
  const circle = [
    parseSource("a/one.ts", `import type { Two } from "./two.ts";`),
    parseSource("a/two.ts", `export * from "../b/three.ts";`),
    parseSource("b/three.ts", `const late = await import("../a/one.ts");`),
    parseSource("b/reads.ts", `import { one } from "../a/one.ts"; import "./read.ts";`),
    parseSource("b/read.ts", `import { gone } from "./gone.ts";`),
    parseSource("c/itself.ts", `type Own = import("./itself.ts").Own;`),
  ];
  assertEquals(findCircles(circle, {}), [
    ["a/one.ts", "a/two.ts", "b/three.ts"],
    ["c/itself.ts"],
  ]);
});

Deno.test("a start without --redis loads nothing of the cluster", () => {
  const routes = sources.map(({ path }) => path).filter((path) => path.startsWith("routes/"));
  const ofCluster = (path: string) => /(^|\/)cluster\/|^@redis\//.test(path);
  const loaded = loadedBy(["main.ts", ...routes]);
  assert(loaded.includes("server/parley.ts"), "the walk follows imports");
  assertEquals(loaded.filter(ofCluster), []);
  assert(loadedBy(["server/cluster/join_cluster.ts"]).includes("@redis/client"), "and packages");
});

/** Files and packages that are loaded with these files, whatever the settings say. */
function loadedBy(files: readonly string[]): string[] {
  const loaded = new Set<string>();
  const open = [...files];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (loaded.has(path)) continue;
    loaded.add(path);
    const { imports = [] } = sources.find((source) => source.path === path) ?? {};
    for (const { specifier, typeOnly, late } of imports) {
      if (typeOnly || late) continue;
      const to = resolveImport(path, specifier, map);
      open.push("file" in to ? to.file : to.package);
    }
  }
  return [...loaded];
}

Deno.test("views see the types of stores and nothing else of them", () => {
  const allowed = parseSource("app/stage/Tile.tsx", `import type { A } from "../room/mod.ts";`);
  const refused = parseSource("app/stage/Tile.tsx", `import { a } from "../room/mod.ts";`);
  assertEquals(findBreaches([allowed], map).length, 0);
  assertEquals(findBreaches([refused], map).length, 1);
});

Deno.test("no file has more than 400 lines", () => {
  assertEquals(longFiles(sources, maxFileLines), []);
});

Deno.test("a file over a limit is found, and one at the limit and a catalogue are not", () => {
  const files = ["app/a.ts", "app/b.ts", "app/ui/words/en/mod.ts"].map((path, at) => ({
    path,
    lines: [301, 300, 900][at] ?? 0,
  }));
  assertEquals(longFiles(files, 300), ["app/a.ts: 301 lines"]);
});

Deno.test("every stylesheet has at most 400 lines and is named as a folder of app/", async () => {
  const features = [...Deno.readDirSync(join(projectFolder, "app"))]
    .filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
  const sheets = await findFiles("static/styles", /\.css$/);
  assert(sheets.length > 10, "the walk found the sheets");
  for (const path of sheets) {
    // "chat_line.css" is a part of what would be too long as "chat.css".
    const feature = /^static\/styles\/([a-z]+)(_[a-z]+)*\.css$/.exec(path)?.[1] ?? "";
    assert(["tokens", "base", ...features].includes(feature), `${path} is of no feature`);
    const lines = (await Deno.readTextFile(join(projectFolder, path))).trimEnd().split("\n").length;
    assert(lines <= maxFileLines, `${path}: ${lines} lines`);
  }
});

Deno.test("no function has more than 60 lines", () => {
  const long = sources.flatMap(({ path, functions }) =>
    functions
      .filter(({ lines }) => lines > MAX_FUNCTION_LINES)
      .map(({ name, line, lines }) => `${path}:${line} ${name}: ${lines} lines`)
  );
  assertEquals(long, []);
});

Deno.test("functions, methods and arrows are all measured", () => {
  const body = "\n".repeat(61);
  const text = `function a() {${body}}
class B { c() {${body}} get d() {${body}} #e = () => {${body}}; constructor() {${body}} }
const f = { g() {${body}}, h: function () {${body}} };
export default function () {${body}}
const short = () => 1;`;
  const { functions } = parseSource("x.ts", text);
  assertEquals(functions.filter(({ lines }) => lines === 62).length, 8);
  assertEquals(functions.length, 9);
});

Deno.test("islands/ holds components that a route uses as islands, and nothing else", () => {
  const islands = sources.filter(({ path }) => path.startsWith("islands/"));
  const used = new Set(
    sources.filter(({ path }) => path.startsWith("routes/")).flatMap(({ path, imports }) =>
      imports.map(({ specifier }) => join(path, "..", specifier))
    ),
  );
  for (const { path, exports } of islands) {
    assert(/^islands\/(\(_?\w+\)\/)?[A-Z]\w*\.tsx$/.test(path), `${path} is no PascalCase.tsx`);
    assert(exports.length > 0, `${path} exports no component`);
    const others = exports.filter((name) => name !== "default" && !/^[A-Z]/.test(name));
    assertEquals(others, [], `${path} exports what is no component`);
    assert(used.has(path), `no route uses ${path}`);
  }
});

Deno.test("every dependency is pinned to an exact version", async () => {
  const targets = Object.values(map).filter((target) => !target.startsWith("./"));
  const inline = sources.flatMap(({ imports }) =>
    imports.map(({ specifier }) => specifier).filter((specifier) =>
      /^(npm|jsr|https?):/.test(specifier)
    )
  );
  for (const target of [...targets, ...inline]) {
    assert(
      /^npm:\/?(@[^/@]+\/)?[^/@]+@\d+\.\d+\.\d+(-[\w.]+)?(\/.*)?$/.test(target),
      `${target} is not npm with an exact version`,
    );
  }
  for (const lock of ["deno.lock", "tests/deno.lock"]) {
    const text = await Deno.readTextFile(join(projectFolder, lock));
    assert(!/"(jsr|remote|redirects)"/.test(text), `${lock} names something that is not from npm`);
  }
});

Deno.test("no page, component or style names a third-party address", async () => {
  const folders = ["routes", "islands", "app", "mesh", "static"];
  const paths = await Promise.all(
    folders.map((folder) => findFiles(folder, /\.(tsx?|css|js|json|svg|html|txt|webmanifest)$/)),
  );
  // A licence is shipped as its author wrote it, and no page shows it.
  for (const path of paths.flat().filter((path) => !path.endsWith(".licence.txt"))) {
    const text = await Deno.readTextFile(join(projectFolder, path));
    const named = [...text.matchAll(/\b(?:https?|wss?|stuns?|turns?):\/{0,2}[\w[][\w.:[\]-]*/g)]
      .map(([url]) => url)
      // A namespace only looks like an address, and names under "example" belong to nobody.
      .filter((url) => !/^http:\/\/www\.w3\.org|[/.]example(\.(com|net|org))?$/.test(url));
    assertEquals(named, [], path);
  }
});

Deno.test("the server gets the permissions it needs and no others", async () => {
  const server = (await taskText("start")).split("&&").at(-1) ?? "";
  assert(server.trim().endsWith("_fresh/program/main.js"));
  assert(server.includes("--no-prompt") && server.includes("--frozen"));
  assert(!/(\s-A\b|--allow-(all|run|ffi|import)\b)/.test(server), server);
  assert(
    !/--allow-sys(?!=hostname,networkInterfaces,systemMemoryInfo\s)/.test(server),
    `a list is missing in: ${server}`,
  );
});
