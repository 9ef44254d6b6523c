/** Builds an app, and serves it for development. */
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type App, setBuildCache } from "../app.ts";
import { clientPath, type StaticFile } from "../build_cache.ts";
import { isLate, outlineOf } from "../fs_routes.ts";
// The npm packages of pages must be known from the start: without a lock file, Deno gives those
// that come later a second copy of Preact.
import "../render.ts";
import type { Mode } from "../types.ts";
import { type Bundle, bundle, hashText, shrink } from "./bundle.ts";
import { reloadScript, withReload } from "./live_reload.ts";
import { bundleProgram } from "./program.ts";
import { listScripts, scriptListPath } from "./script_list.ts";
import { compiledEntry, serverSource, type SnapshotParts, snapshotSource } from "./output.ts";

/** Where the project is, and what to build for. */
export interface BuilderOptions {
  /** The project's folder; by default the current one. */
  root?: string;
  /** From `root`; by default "_fresh". */
  outDir?: string;
  /** What esbuild compiles the client for. */
  target?: string | string[];
  /**
   * Islands, by file name, that share no code with others. Shared code is split into chunks, which
   * costs requests; so an island of a rare page would slow down the common pages. Upstream has no
   * such option and ignores it.
   */
  apart?: string[];
  /**
   * A module, from `root`, that starts the server. A production build bundles it, what it loads and
   * the build itself into `program/` of the output folder. An import() of it in `dev.ts` puts its
   * npm packages into the cache, where the bundler finds them. Upstream ignores this option, too.
   */
  program?: string;
  /** Files, by their paths from `root`, whose import()s only pages run. The program has none. */
  pageLoaders?: RegExp;
}

/** Source files except tests and files in a folder like `(_parts)`. */
const sourceFile = /^(?!(.*\/)?\(_[^/]*\)\/)(?!.*[._]test\.).*\.[jt]sx?$/;

/** Builds an app's client modules and the files that its server loads. */
export class Builder {
  readonly #root: string;
  readonly #out: string;
  readonly #target: string | string[];
  readonly #apart: readonly string[];
  readonly #program: string | undefined;
  readonly #pageLoaders: RegExp | undefined;

  constructor(options: BuilderOptions = {}) {
    const { root = Deno.cwd(), outDir = "_fresh", target = "es2022" } = options;
    this.#apart = options.apart ?? [];
    this.#program = options.program;
    this.#pageLoaders = options.pageLoaders;
    this.#root = resolve(root);
    this.#out = resolve(this.#root, outDir);
    this.#target = target;
  }

  /** Writes the output folder. */
  async build({ mode = "production" }: { mode?: Mode } = {}): Promise<void> {
    const routes = await findSources(join(this.#root, "routes"));
    const islands = await findSources(join(this.#root, "islands"));
    // Importing the islands puts their npm packages into the cache, where the bundler finds them.
    for (const { file } of islands) await import(pathToFileURL(file).href);
    const boot = fileURLToPath(new URL("../client.ts", import.meta.url));
    const named = islands.map(({ path, file }) => ({ name: entryName(path), file }));
    const bundleThese = (these: readonly { name: string; file: string }[]) =>
      bundle({
        root: this.#root,
        entries: Object.fromEntries([
          ["fresh_boot", boot],
          ...these.map(({ name, file }) => [name, file]),
        ]),
        target: this.#target,
        mode,
      });
    const bundled = await bundleThese(named.filter(({ name }) => !this.#apart.includes(name)));
    const entry = (from: Bundle, name: string) => from.entries[name] ?? { client: "", preload: [] };
    const files = new Map(bundled.files);
    const modules = [...bundled.modules];
    const islandFiles: SnapshotParts["islands"] = [];
    for (const island of named) {
      const { name, file } = island;
      if (!this.#apart.includes(name)) {
        islandFiles.push({ file, ...entry(bundled, name) });
        continue;
      }
      const alone = await bundleThese([island]);
      for (const [path, text] of alone.files) files.set(path, text);
      modules.push(...alone.modules);
      islandFiles.push({ file, ...entry(alone, name), boot: entry(alone, "fresh_boot") });
    }
    const own = await this.#writeStatic(mode);
    const staticFiles = await this.#withScriptList({ ...own, ...await this.#writeClient(files) });
    const snapshot = snapshotSource(this.#out, {
      routes: await Promise.all(routes.map(outlined)),
      islands: islandFiles,
      boot: entry(bundled, "fresh_boot"),
      late: bundled.late,
      staticFiles,
      staticBuild: await hashText(JSON.stringify(own)),
    });
    await writeChanged(join(this.#out, "snapshot.js"), snapshot);
    await writeChanged(join(this.#out, "server.js"), serverSource(this.#out, this.#root));
    await writeChanged(join(this.#out, "compiled-entry.js"), compiledEntry);
    if (this.#program !== undefined && mode === "production") {
      await this.#writeProgram(join(this.#root, this.#program), modules);
    }
  }

  /**
   * Serves the app for development: builds, and reloads every open page after a restart. Run it
   * under `deno run --watch`, which restarts it after each change of a module.
   */
  async listen<State>(
    importApp: () => Promise<{ app: App<State> }>,
    options: Deno.ServeTcpOptions = {},
  ): Promise<Deno.HttpServer<Deno.NetAddr>> {
    await this.build({ mode: "development" });
    const { app } = await importApp();
    const snapshot = await import(pathToFileURL(join(this.#out, "snapshot.js")).href);
    const root = pathToFileURL(`${this.#root}${sep}`).href;
    setBuildCache(app, { ...snapshot, root, reloadScript }, "development");
    return Deno.serve(options, withReload(app.handler(), app.config.basePath));
  }

  /** `modules`: those of the pages, whose licences the program prints too. */
  async #writeProgram(file: string, modules: readonly string[]): Promise<void> {
    const root = this.#root;
    const outDir = join(this.#out, "program");
    const always = [join(this.#out, "server.js")];
    const pageLoaders = this.#pageLoaders;
    const program = await bundleProgram({ root, file, outDir, always, modules, pageLoaders });
    await writeFolder(outDir, program);
  }

  async #writeClient(files: ReadonlyMap<string, string>): Promise<Record<string, StaticFile>> {
    const folder = join(this.#out, "static", "js");
    await writeFolder(folder, files);
    const table: Record<string, StaticFile> = {};
    for (const [name, text] of files) {
      const file = this.#fromRoot(join(folder, name));
      table[clientPath + name] = { file, hash: await hashText(text), immutable: true };
    }
    return table;
  }

  async #withScriptList(table: Record<string, StaticFile>): Promise<Record<string, StaticFile>> {
    const list = await listScripts(table, (file) => Deno.readFile(join(this.#root, file)));
    const file = join(this.#out, "static", scriptListPath);
    await Deno.mkdir(dirname(file), { recursive: true });
    await writeChanged(file, list);
    const entry = { file: this.#fromRoot(file), hash: await hashText(list) };
    return { ...table, [scriptListPath]: entry };
  }

  /** Lists the files of `static/`; in production, scripts are minified first. */
  async #writeStatic(mode: Mode): Promise<Record<string, StaticFile>> {
    const table: Record<string, StaticFile> = {};
    for (const path of await listFiles(join(this.#root, "static"))) {
      let file = join(this.#root, "static", path);
      if (path.endsWith(".js") && mode === "production") {
        const text = await shrink(await Deno.readTextFile(file), { mode, isModule: false });
        file = join(this.#out, "static", path);
        await Deno.mkdir(dirname(file), { recursive: true });
        await writeChanged(file, text);
      }
      const hash = await hashText(await Deno.readFile(file));
      table[`/${path}`] = { file: this.#fromRoot(file), hash };
    }
    return table;
  }

  #fromRoot(file: string): string {
    return relative(this.#root, file).split(sep).join("/");
  }
}

/** A source file: its path in its folder, and its full path. */
interface Source {
  path: string;
  file: string;
}

/** A route file with its outline, for which it is imported. */
async function outlined(route: Source): Promise<SnapshotParts["routes"][number]> {
  const { path, file } = route;
  if (!isLate(path)) return route;
  const module = await import(pathToFileURL(file).href);
  return { ...route, outline: outlineOf({ path, module }) };
}

/** The name of an island's client module: that of its file, with its folder if it is nested. */
function entryName(path: string): string {
  return path.replace(/\.[jt]sx?$/, "").replace(/[^\w.-]+/g, "_");
}

/** Source files below a folder, sorted. */
async function findSources(folder: string): Promise<Source[]> {
  const paths = (await listFiles(folder)).filter((path) => sourceFile.test(path));
  return paths.map((path) => ({ path, file: join(folder, path) }));
}

async function listFiles(folder: string, below = ""): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const entry of Deno.readDir(join(folder, below))) {
      if (entry.name.startsWith(".")) continue;
      const path = `${below}${entry.name}`;
      if (entry.isDirectory) found.push(...await listFiles(folder, `${path}/`));
      else if (entry.isFile) found.push(path);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort();
}

/** Makes these files the only ones of a folder. */
async function writeFolder(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for await (const old of Deno.readDir(folder)) {
    if (!files.has(old.name)) await Deno.remove(join(folder, old.name));
  }
  for (const [name, text] of files) await writeChanged(join(folder, name), text);
}

/** Does not write an unchanged file, so that watchers do not fire. */
async function writeChanged(path: string, text: string): Promise<void> {
  const before = await Deno.readTextFile(path).catch(() => undefined);
  if (before !== text) await Deno.writeTextFile(path, text);
}
