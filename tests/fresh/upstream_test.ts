// The app also runs on the real Fresh; these tests cover differences that no other test detects.

import { assert, assertEquals, assertMatch, assertNotMatch } from "../assert.ts";
import { join } from "node:path";
import { readImportMap, readSources } from "../architecture/source_files.ts";
import { projectFolder } from "../../scripts/server_command.ts";
import { buildFixture } from "./built_fixture.ts";

const map = await readImportMap();
const readme = await Deno.readTextFile(join(projectFolder, "README.md"));
const sources = await readSources();

/** All that is the app and not `fresh/`: source and what browsers load as it is. */
async function appTexts(): Promise<Map<string, string>> {
  const folders = /^(routes|islands|components|server|state|mesh)\/|^(main|dev)\.ts$/;
  const texts = new Map(
    sources.filter(({ path }) => folders.test(path)).map(({ path, text }) => [path, text]),
  );
  for (const name of ["boot.js", "worker.js", "away.js"]) {
    texts.set(`static/${name}`, await Deno.readTextFile(join(projectFolder, "static", name)));
  }
  return texts;
}

Deno.test("the README's lines for the real Fresh replace exactly the import map's lines for ours", () => {
  const own = Object.keys(map).filter((name) => map[name]?.startsWith("./fresh/"));
  const lines = [...readme.matchAll(/^"(fresh[\w/]*)": "jsr:@fresh\/core@([^/"]+)([^"]*)",?$/gm)];
  assertEquals(lines.map(([, name]) => name).toSorted(), own.toSorted());
  for (const [, name = "", , path = ""] of lines) assertEquals(`fresh${path}`, name);
});

Deno.test("the import map knows what generated files and development builds import", async () => {
  await using fixture = await buildFixture();
  for (const name of ["server.js", "snapshot.js", "compiled-entry.js"]) {
    const text = await Deno.readTextFile(join(fixture.folder, "_fresh", name));
    for (const [, specifier = ""] of text.matchAll(/from "([^."][^"]*)"/g)) {
      assert(specifier in map, `${name} imports "${specifier}"`);
    }
  }
  assertMatch(
    await Deno.readTextFile(join(fixture.folder, "_fresh", "server.js")),
    /from "fresh\/internal"/,
  );
  const dev: object = await import("preact/jsx-dev-runtime");
  assert("jsxDEV" in dev);
  assertEquals(
    map["preact/jsx-dev-runtime"],
    map["preact/jsx-runtime"]?.replace("jsx-runtime", "jsx-dev-runtime"),
  );
});

Deno.test("the app knows Fresh by its public interface alone, and does not ask which one it is", async () => {
  const names = new Set(["fresh", "fresh/runtime", "fresh/dev"]);
  for (const { path, imports } of sources.filter(({ path }) => !/^(fresh|tests)\//.test(path))) {
    for (const { specifier } of imports) {
      assert(!/(^|\/)fresh\//.test(specifier) || names.has(specifier), `${path}: ${specifier}`);
    }
  }
  // Marks of one of the two: what it puts into the page, and how it names its files.
  const marks =
    /fresh-islands|fresh-lost|fresh_boot|fresh-runtime|FRSH|frsh|modulepreload|\[0-9a-f\]\{16\}/;
  for (const [path, text] of await appTexts()) assertNotMatch(text, marks, path);
});

Deno.test("elements of <Head> that upstream could take for one another have keys", () => {
  const routes = sources.filter(({ path }) => path.startsWith("routes/"));
  const links = routes.flatMap(({ path, text }) =>
    [...text.matchAll(/<Head>.*?<\/Head>/gs)].flatMap(([head]) =>
      [...head.matchAll(/<(?:link|script|style)\b[^>]*>/g)].map(([tag]) => ({ path, tag }))
    )
  );
  assert(links.length >= 1, "the walk found links");
  for (const { path, tag } of links) assertMatch(tag, / key=/, path);
});

Deno.test("dev.ts suits a Builder that takes upstream's options and no others", async () => {
  const folder = await Deno.makeTempDir();
  const dev = `export interface BuildOptions {
    target?: string | string[];
    root?: string;
    outDir?: string;
    staticDir?: string | string[];
    islandDir?: string;
    routeDir?: string;
    serverEntry?: string;
    ignore?: RegExp[];
    sourceMap?: { kind: boolean | string };
  }
  export declare class Builder {
    constructor(options?: BuildOptions);
    listen(load: () => Promise<object>, options?: Deno.ServeTcpOptions): Promise<void>;
    build(options?: { mode?: string; snapshot?: "disk" | "memory" }): Promise<unknown>;
  }`;
  await Deno.writeTextFile(join(folder, "dev.ts"), dev);
  const imports = Object.fromEntries(
    Object.entries(map).map(([name, target]) => [
      name,
      target.startsWith("./") ? join(projectFolder, target) : target,
    ]),
  );
  const file = join(folder, "map.json");
  await Deno.writeTextFile(
    file,
    JSON.stringify({ imports: { ...imports, "fresh/dev": join(folder, "dev.ts") } }),
  );
  const check = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", "--no-lock", `--import-map=${file}`, "dev.ts"],
    cwd: projectFolder,
    env: { NO_COLOR: "1" },
  }).output();
  assert(check.success, new TextDecoder().decode(check.stderr));
  await Deno.remove(folder, { recursive: true });
});
