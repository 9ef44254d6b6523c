/**
 * Bundles a program of the project, for example `main.ts`, and all that it loads.
 * Invariants:
 * 1 A module keeps the `import.meta.url` of its source, so a path from there stays right.
 * 2 Deno reads a chunk when it is imported and not before.
 * 3 An import() of a CommonJS module gives its names, as it does in Deno.
 * 4 A worker that is started by `new Worker(new URL("./x.ts", import.meta.url)…` is one file beside
 *   the entry, with all that it imports.
 */
import { basename, dirname, join, relative } from "node:path";
import { decode, encode } from "npm:@jridgewell/sourcemap-codec@1.6.0";
import * as esbuild from "npm:esbuild@0.28.2";
import { licencesOf } from "./licences.ts";
import { denoResolver } from "./npm.ts";

/** What to bundle. */
export interface ProgramOptions {
  root: string;
  /** The entry module; its `import.meta.main` is true. */
  file: string;
  /** The folder that the modules are for. */
  outDir: string;
  /** What the entry always imports by import(); it is loaded together with the entry. */
  always: readonly string[];
  /** Modules that the program serves, by the names that the bundler gives them. */
  modules?: readonly string[];
  /** Files, by their paths from `root`, whose import()s only pages run; the program has none. */
  pageLoaders?: RegExp;
}

/**
 * Modules by file name. The entry has the name of its source, with ".js"; `licences.txt` has the
 * licences of the packages inside.
 */
export async function bundleProgram(options: ProgramOptions): Promise<Map<string, string>> {
  // The esbuild process would keep this process alive.
  return await bundleAll(options).finally(() => esbuild.stop());
}

async function bundleAll(options: ProgramOptions): Promise<Map<string, string>> {
  const { root, file, outDir, always, modules = [], pageLoaders } = options;
  const workers = new Set<string>();
  const { outputFiles, metafile: { inputs, outputs } } = await esbuild.build({
    ...settings(options),
    entryPoints: [file],
    splitting: true,
    // The entry may become a part of a chunk that another chunk imports.
    define: { "import.meta.main": "true" },
    plugins: [
      ...(pageLoaders === undefined ? [] : [leaveToPages(root, pageLoaders)]),
      loadSources({ outDir, entry: file, workers }),
      denoResolver,
    ],
  });
  const entries = Object.entries(outputs).flatMap(([path, { entryPoint }]) =>
    entryPoint === undefined ? [] : [{ name: basename(path), entryPoint }]
  );
  const namesOf = (isMeant: (entryPoint: string) => boolean) =>
    entries.filter(({ entryPoint }) => isMeant(entryPoint)).map(({ name }) => name);
  const commonJs = new Set(namesOf((entryPoint) => inputs[entryPoint]?.format === "cjs"));
  const own = namesOf((entryPoint) => entryPoint === relative(root, file));
  const early = namesOf((entryPoint) => always.includes(join(root, entryPoint)))
    .map((name) => `import "./${name}";`).join("");
  // Before the rest, which ends with the name of the source map.
  const startOf = (name: string) => own.includes(name) ? early : "";
  const files = outputFiles.map(fileOf).map(([name, text]): [string, string] => [
    name,
    name.endsWith(".map") ? text : startOf(name) + withLateChunks(text, commonJs),
  ]);
  const bundled = await Promise.all([...workers].map((worker) => bundleWorker(worker, options)));
  const all = [...Object.keys(inputs), ...bundled.flatMap(({ inputs }) => inputs), ...modules];
  const licences = await licencesOf([...new Set(all)], root);
  return new Map([
    ...files,
    ...bundled.flatMap(({ files }) => files),
    ["licences.txt", licences],
  ]);
}

/** A worker has a copy of what it shares with the entry, because it must not start the program. */
async function bundleWorker(
  worker: string,
  options: ProgramOptions,
): Promise<{ files: [string, string][]; inputs: string[] }> {
  const { outputFiles, metafile } = await esbuild.build({
    ...settings(options),
    entryPoints: { [workerName(worker)]: worker },
    define: { "import.meta.main": "false" },
    plugins: [loadSources({ outDir: options.outDir }), denoResolver],
  });
  const files = outputFiles.map(fileOf);
  return { files, inputs: Object.keys(metafile.inputs) };
}

/** The name and the text of an output. */
function fileOf({ path, text }: esbuild.OutputFile): [string, string] {
  return [basename(path), path.endsWith(".map") ? withoutPackages(text) : text];
}

/** The name of the file of a worker without its ending, `turn_worker` for turn/worker.ts. */
function workerName(path: string): string {
  const name = `${basename(dirname(path))}_${basename(path)}`;
  return name.replace(/\.[^.]*$/, "").replace(/\W/g, "_");
}

function settings({ root, outDir }: ProgramOptions) {
  return {
    absWorkingDir: root,
    outdir: outDir,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "esnext",
    minify: true,
    sourcemap: "linked",
    sourcesContent: false,
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "silent",
    metafile: true,
    write: false,
  } as const satisfies esbuild.BuildOptions;
}

/** A path as a string of a program. */
function urlPath(path: string): string {
  return JSON.stringify(path.replaceAll("\\", "/"));
}

/** What starts a worker; the second group is its address. */
const workerStart = /(new Worker\(\s*new URL\()"([^"]+)"(?=, import\.meta\.url\))/g;

/**
 * An esbuild plugin that changes the project's own modules. They keep their URLs, for invariant 1;
 * the workers that they start are added to `workers`, and found where the build writes them. And
 * each imports the entry, which is loaded before it, so that all that the entry imports is one
 * chunk. Otherwise it would be one for each set of late modules that share a part of it.
 */
function loadSources(
  { outDir, entry, workers }: { outDir: string; entry?: string; workers?: Set<string> },
): esbuild.Plugin {
  const loaders: Record<string, esbuild.Loader> = { ts: "ts", tsx: "tsx", js: "js", jsx: "jsx" };
  return {
    name: "sources",
    setup(build) {
      build.onLoad({ filter: /\.[jt]sx?$/, namespace: "file" }, async ({ path }) => {
        const url = `new URL(${urlPath(relative(outDir, path))}, import.meta.url).href`;
        const text = (await Deno.readTextFile(path))
          .replace(workerStart, (_, start: string, address: string) => {
            const worker = join(dirname(path), address);
            workers?.add(worker);
            const written = join(outDir, `${workerName(worker)}.js`);
            return start + urlPath(relative(dirname(path), written));
          })
          .replaceAll("import.meta.url", url);
        const first = entry === undefined || path === entry
          ? ""
          : `import ${JSON.stringify(entry)}; `;
        return { contents: first + text, loader: loaders[path.replace(/.*\./, "")] ?? "js" };
      });
    },
  };
}

/** An esbuild plugin: what `loaders` import late, pages do, so in the program it only says so. */
function leaveToPages(root: string, loaders: RegExp): esbuild.Plugin {
  const namespace = "left to pages";
  return {
    name: namespace,
    setup(build) {
      build.onResolve(
        { filter: /^\./ },
        ({ kind, importer }) =>
          kind === "dynamic-import" && loaders.test(relative(root, importer).replaceAll("\\", "/"))
            ? { path: "pages_only", namespace }
            : undefined,
      );
      build.onLoad({ filter: /.*/, namespace }, () => ({
        contents: `throw new Error("a module that only pages load");`,
      }));
    },
  };
}

/**
 * A source map without the code of npm packages, which is more than half of it. A stack names the
 * place of that code in the program.
 */
function withoutPackages(text: string): string {
  const map: { sources: string[]; names: string[]; mappings: string } = JSON.parse(text);
  const isOwn = map.sources.map((source) => !/^(npm|required):/.test(source));
  const [sources, names] = [new Positions(map.sources), new Positions(map.names)];
  const lines = decode(map.mappings).map((line) =>
    line.map((segment): typeof segment => {
      const [column, source, sourceLine = 0, sourceColumn = 0, name] = segment;
      if (source === undefined || !isOwn[source]) return [column];
      const place = [column, sources.of(source), sourceLine, sourceColumn] as const;
      return name === undefined ? [...place] : [...place, names.of(name)];
    }).filter((segment, index, all) => segment.length > 1 || all[index - 1]?.length !== 1)
  );
  return JSON.stringify({
    ...map,
    sources: sources.used,
    names: names.used,
    mappings: encode(lines),
  });
}

/** Counts the used ones of `values` anew. */
class Positions {
  readonly used: string[] = [];
  readonly #values: readonly string[];
  readonly #positions = new Map<number, number>();

  constructor(values: readonly string[]) {
    this.#values = values;
  }

  of(before: number): number {
    const position = this.#positions.get(before) ?? this.used.push(this.#values[before] ?? "") - 1;
    this.#positions.set(before, position);
    return position;
  }
}

/** Deno reads what a literal import() names together with the importer. */
function withLateChunks(text: string, commonJs: ReadonlySet<string>): string {
  // The map of a chunk stays right as long as its lines do.
  return text.replace(/\bimport\("\.\/([\w.-]+\.js)"\)/g, (_, name: string) => {
    const imported = `import(new URL("./${name}", import.meta.url).href)`;
    return commonJs.has(name)
      ? `${imported}.then(({ default: all }) => ({ ...all, default: all }))`
      : imported;
  });
}
