import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type App, setBuildCache } from "../app.ts";
import { type BuildCache, CLIENT_PATH, openSnapshot, type StaticFile } from "../build_cache.ts";
import type { Mode } from "../types.ts";
import { type Bundle, bundle, hashText, stopBundling } from "./bundle.ts";
import { RELOAD_SCRIPT, withReload } from "./live_reload.ts";
import {
  COMPILED_ENTRY,
  SERVER_TYPES,
  serverSource,
  type SnapshotParts,
  snapshotSource,
  specifier,
} from "./output.ts";

/** Where things are; relative paths are taken from `root`. */
export interface BuilderOptions {
  /** The project's folder; by default the current one. */
  root?: string;
  serverEntry?: string;
  outDir?: string;
  staticDir?: string;
  islandDir?: string;
  routeDir?: string;
  /** Files to leave out of routes and islands. */
  ignore?: RegExp[];
  /** What esbuild compiles the client for. */
  target?: string | string[];
}

const TESTS = /[._]test\.[jt]sx?$/;
/** A folder like `(_parts)` holds no routes and no islands. */
const PRIVATE = /(^|\/)\(_[^/]*\)\//;

/** Builds an app's client modules and what its server needs to know of them. */
export class Builder {
  readonly #root: string;
  readonly #paths: Record<"main" | "out" | "static" | "islands" | "routes", string>;
  readonly #ignore: RegExp[];
  readonly #target: string | string[];

  constructor(options: BuilderOptions = {}) {
    this.#root = resolve(options.root ?? Deno.cwd());
    const at = (path: string) => resolve(this.#root, path);
    this.#paths = {
      main: at(options.serverEntry ?? "main.ts"),
      out: at(options.outDir ?? "_fresh"),
      static: at(options.staticDir ?? "static"),
      islands: at(options.islandDir ?? "islands"),
      routes: at(options.routeDir ?? "routes"),
    };
    this.#ignore = [TESTS, PRIVATE, ...options.ignore ?? []];
    this.#target = options.target ?? "es2022";
  }

  /** Writes the output folder; the result puts the build behind an app, for tests. */
  async build(
    { mode = "production" }: { mode?: Mode } = {},
  ): Promise<<State>(app: App<State>) => void> {
    try {
      await this.#write(mode);
    } finally {
      await stopBundling();
    }
    const build = await this.#open();
    return (app) => setBuildCache(app, build, mode);
  }

  /**
   * Serves the app for development: builds, and has every open page reload after a restart. Run it
   * under `deno run --watch`, which restarts whenever a module of the app changes.
   */
  async listen<State>(
    importApp: () => Promise<{ app: App<State> }>,
    options: Deno.ServeTcpOptions = {},
  ): Promise<Deno.HttpServer<Deno.NetAddr>> {
    await this.build({ mode: "development" });
    const { app } = await importApp();
    const build = await this.#open();
    setBuildCache(app, { ...build, reloadScript: RELOAD_SCRIPT }, "development");
    return Deno.serve(options, withReload(app.handler(), app.config.basePath));
  }

  async #write(mode: Mode): Promise<void> {
    const { out, main, islands: islandDir, routes: routeDir } = this.#paths;
    const islandFiles = await this.#findSources(islandDir);
    // Importing them here puts their npm packages into the cache, where the bundler looks.
    for (const path of islandFiles) await import(pathToFileURL(join(islandDir, path)).href);
    const named = islandFiles.map((path) => ({
      name: entryName(path),
      file: join(islandDir, path),
    }));
    const bundled = await bundle({
      root: this.#root,
      entries: Object.fromEntries([
        ["boot", fileURLToPath(new URL("../client.ts", import.meta.url))],
        ...named.map(({ name, file }) => [name, file]),
      ]),
      target: this.#target,
      mode,
    });
    const entry = (name: string) => bundled.entries[name] ?? { client: "", preload: [] };
    const own = await this.#hashStatic();
    const parts: SnapshotParts = {
      routes: (await this.#findSources(routeDir)).map((path) => ({
        path,
        file: join(routeDir, path),
      })),
      islands: named.map(({ name, file }) => ({ file, ...entry(name) })),
      boot: entry("boot"),
      staticFiles: { ...own, ...await this.#writeClient(bundled) },
      staticBuild: await hashText(JSON.stringify(own)),
    };
    const internal = fileURLToPath(new URL("../internal.ts", import.meta.url));
    const paths = {
      main: specifier(out, main),
      internal: specifier(out, internal),
      root: specifier(out, this.#root),
    };
    await writeChanged(join(out, "snapshot.js"), snapshotSource(out, parts));
    await writeChanged(join(out, "server.js"), serverSource(paths));
    await writeChanged(join(out, "server.d.ts"), SERVER_TYPES);
    await writeChanged(join(out, "compiled-entry.js"), COMPILED_ENTRY);
  }

  async #writeClient({ files }: Bundle): Promise<Record<string, StaticFile>> {
    const folder = join(this.#paths.out, "static", "js");
    await Deno.mkdir(folder, { recursive: true });
    for await (const old of Deno.readDir(folder)) {
      if (!files.has(old.name)) await Deno.remove(join(folder, old.name));
    }
    const table: Record<string, StaticFile> = {};
    for (const [name, text] of files) {
      await writeChanged(join(folder, name), text);
      const file = this.#fromRoot(join(folder, name));
      table[CLIENT_PATH + name] = { file, hash: await hashText(text), immutable: true };
    }
    return table;
  }

  async #hashStatic(): Promise<Record<string, StaticFile>> {
    const table: Record<string, StaticFile> = {};
    for (const path of await listFiles(this.#paths.static)) {
      const file = join(this.#paths.static, path);
      const hash = await hashText(await Deno.readFile(file));
      table[`/${path}`] = { file: this.#fromRoot(file), hash };
    }
    return table;
  }

  /** Source files below a folder, as sorted paths from it. */
  async #findSources(folder: string): Promise<string[]> {
    const files = await listFiles(folder);
    const wanted = (path: string) => !this.#ignore.some((pattern) => pattern.test(path));
    return files.filter((path) => /\.[jt]sx?$/.test(path) && wanted(path));
  }

  async #open(): Promise<BuildCache> {
    const file = pathToFileURL(join(this.#paths.out, "snapshot.js"));
    // A second build in one process must not get the first one's module.
    file.search = await hashText(await Deno.readFile(file));
    return openSnapshot(await import(file.href), pathToFileURL(`${this.#root}${sep}`).href);
  }

  #fromRoot(file: string): string {
    return relative(this.#root, file).split(sep).join("/");
  }
}

/** An island's client module is named after its file; nested ones keep their folder in the name. */
function entryName(path: string): string {
  return path.replace(/\.[jt]sx?$/, "").replace(/[^\w.-]+/g, "_");
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

/** Leaves an unchanged file alone, so that watchers stay quiet. */
async function writeChanged(path: string, text: string): Promise<void> {
  const before = await Deno.readTextFile(path).catch(() => undefined);
  if (before !== text) await Deno.writeTextFile(path, text);
}
