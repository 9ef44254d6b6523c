/**
 * Bundles a program of the project, for example `main.ts`, and all that it loads.
 * Invariants:
 * 1 A module keeps the `import.meta.url` of its source, so a path from there stays right.
 * 2 Deno reads a chunk when it is imported and not before.
 * 3 An import() of a CommonJS module gives its names, as it does in Deno.
 */
import { basename, join, relative } from "node:path";
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
}

/**
 * Modules by file name. The entry has the name of its source, with ".js"; `licences.txt` has the
 * licences of the packages inside.
 */
export async function bundleProgram(options: ProgramOptions): Promise<Map<string, string>> {
  const { root, file, outDir, always } = options;
  const { outputFiles, metafile: { inputs, outputs } } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [file],
    outdir: outDir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "esnext",
    minify: true,
    sourcemap: "linked",
    sourcesContent: false,
    jsx: "automatic",
    jsxImportSource: "preact",
    // The entry may become a part of a chunk that another chunk imports.
    define: { "import.meta.main": "true" },
    logLevel: "silent",
    metafile: true,
    write: false,
    plugins: [loadSources(options), denoResolver],
    // The esbuild process would keep this process alive.
  }).finally(() => esbuild.stop());
  const entries = Object.entries(outputs).flatMap(([path, { entryPoint }]) =>
    entryPoint === undefined ? [] : [{ name: basename(path), entryPoint }]
  );
  const namesOf = (isMeant: (entryPoint: string) => boolean) =>
    entries.filter(({ entryPoint }) => isMeant(entryPoint)).map(({ name }) => name);
  const commonJs = new Set(namesOf((entryPoint) => inputs[entryPoint]?.format === "cjs"));
  const own = namesOf((entryPoint) => entryPoint === relative(root, file));
  const early = namesOf((entryPoint) => always.includes(join(root, entryPoint)))
    .map((name) => `import "./${name}";`).join("");
  const files = outputFiles.map(({ path, text }): [string, string] => {
    const name = basename(path);
    // Before the rest, which ends with the name of the source map.
    return [name, (own.includes(name) ? early : "") + withLateChunks(text, commonJs)];
  });
  return new Map([...files, ["licences.txt", await licencesOf(Object.keys(inputs))]]);
}

/**
 * An esbuild plugin that changes the project's own modules. They keep their URLs, for invariant 1;
 * and each imports the entry, which is loaded before it, so that all that the entry imports is one
 * chunk. Otherwise it would be one for each set of late modules that share a part of it.
 */
function loadSources({ file, outDir }: ProgramOptions): esbuild.Plugin {
  const loaders: Record<string, esbuild.Loader> = { ts: "ts", tsx: "tsx", js: "js", jsx: "jsx" };
  return {
    name: "sources",
    setup(build) {
      build.onLoad({ filter: /\.[jt]sx?$/, namespace: "file" }, async ({ path }) => {
        const source = JSON.stringify(relative(outDir, path).replaceAll("\\", "/"));
        const url = `new URL(${source}, import.meta.url).href`;
        const text = (await Deno.readTextFile(path)).replaceAll("import.meta.url", url);
        const entry = path === file ? "" : `import ${JSON.stringify(file)}; `;
        return { contents: entry + text, loader: loaders[path.replace(/.*\./, "")] ?? "js" };
      });
    },
  };
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
