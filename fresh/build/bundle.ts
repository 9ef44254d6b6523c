/**
 * Makes the client modules: one for each island file, one that starts them, and shared chunks.
 * Invariant: a module's name contains the hash of its content and of all modules it imports, and
 * depends on nothing else. The hashes of esbuild depend on paths, so they only mark references.
 */
import { basename, relative } from "node:path";
import * as esbuild from "npm:esbuild@0.28.2";
import { minify } from "npm:terser@5.51.4";
import type { ClientEntry } from "../build_cache.ts";
import type { Mode } from "../types.ts";
import {
  findKnownModules,
  importOfKnown,
  type KnownModules,
  resolveKnown,
} from "./known_modules.ts";
import { denoResolver } from "./npm.ts";
import { Reexports } from "./reexports.ts";

/** What to bundle: entry names to the paths of their files. */
export interface BundleOptions {
  root: string;
  entries: Record<string, string>;
  target: string | string[];
  mode: Mode;
}

/** Client modules by file name, and which of them each entry became. */
export interface Bundle {
  files: Map<string, string>;
  entries: Record<string, ClientEntry>;
  /** What an import() loads, by the path of its source from the root. */
  late: Record<string, ClientEntry>;
  /** The names of the modules inside, as in esbuild's metafile. */
  modules: string[];
}

interface Output {
  name: string;
  /** The entry's name; "chunk" for what an import() loads; undefined for code they share. */
  entry?: string;
  /** The path of the entry's source. */
  source?: string;
  text: string;
  imports: { name: string; lazy: boolean }[];
}

/** Bundles for the browser; throws esbuild's error if a module does not build. */
export async function bundle(options: BundleOptions): Promise<Bundle> {
  const { outputs, modules } = await runEsbuild(options);
  const names = new Map<string, string>();
  for (const output of outputs.values()) {
    const hash = await hashText(normalise(reachable(output, outputs, () => true)));
    names.set(output.name, `${output.entry ?? "chunk"}-${hash}.js`);
  }
  const files = new Map<string, string>();
  const entries: Bundle["entries"] = {};
  const late: Bundle["late"] = {};
  const rename = (text: string) =>
    [...names].reduce((renamed, [from, to]) => renamed.replaceAll(from, to), text);
  for (const output of outputs.values()) {
    const isSpare = isForward(output);
    if (!isSpare) files.set(rename(output.name), rename(output.text));
    if (output.entry === undefined || output.source === undefined) continue;
    const [client, ...preload] = reachable(output, outputs, ({ lazy }) => !lazy)
      .slice(isSpare ? 1 : 0).map(({ name }) => rename(name));
    const entry = { client: client ?? "", preload };
    if (output.entry === "chunk") late[output.source] = entry;
    else entries[output.entry] = entry;
  }
  return { files, entries, late, modules };
}

/** The first 16 hex digits of the sha256 of a text or of bytes. */
export async function hashText(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex().slice(0, 16);
}

/**
 * Makes a production script about 3 % smaller (gzip) than esbuild alone; the byte budgets depend on
 * it. The output of terser depends on its whole input, so esbuild's names of other modules are
 * hidden from it: see the invariant.
 */
export async function shrink(
  text: string,
  { mode, isModule = true }: { mode: Mode; isModule?: boolean },
): Promise<string> {
  if (mode === "development") return text;
  const names = [...new Set(text.match(/[\w.]+-[A-Z0-9]{8}\.js/g))];
  const hidden = names.reduce((part, name, index) => part.replaceAll(name, `@${index}.js`), text);
  const { code = hidden } = await minify(hidden, {
    module: isModule,
    // Reading `signal.value` subscribes an effect, so an unused read must stay.
    compress: { passes: 2, ecma: 2020, inline: 1, pure_getters: false },
  });
  return names.reduce((part, name, index) => part.replaceAll(`/@${index}.js`, `/${name}`), code);
}

function common({ root, target, mode }: Omit<BundleOptions, "entries">) {
  return {
    absWorkingDir: root,
    outdir: ".",
    bundle: true,
    format: "esm",
    platform: "browser",
    target,
    minify: mode === "production",
    sourcemap: mode === "development" ? "inline" : false,
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "silent",
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    splitting: true,
    metafile: true,
    write: false,
  } satisfies esbuild.BuildOptions;
}

async function runEsbuild(
  { entries, ...options }: BundleOptions,
): Promise<{ outputs: Map<string, Output>; modules: string[] }> {
  const result = await buildTwice(options, entries)
    // The esbuild process would keep this process alive.
    .finally(() => esbuild.stop());
  const texts = new Map<string, string>();
  for (const file of result.outputFiles) {
    texts.set(basename(file.path), await shrink(file.text, { mode: options.mode }));
  }
  const outputs = new Map<string, Output>();
  for (const [path, { entryPoint, imports }] of Object.entries(result.metafile.outputs)) {
    const name = basename(path);
    outputs.set(name, {
      name,
      entry: entryPoint && name.replace(/-[^-]*$/, ""),
      source: entryPoint,
      text: texts.get(name) ?? "",
      imports: imports.filter((used) => !used.external)
        .map((used) => ({ name: basename(used.path), lazy: used.kind === "dynamic-import" })),
    });
  }
  return { outputs, modules: Object.keys(result.metafile.inputs) };
}

/**
 * First to see which modules each entry finds loaded, then with that known; see known_modules.ts.
 */
async function buildTwice(
  options: Omit<BundleOptions, "entries">,
  entries: BundleOptions["entries"],
) {
  const entryPoints = Object.entries(entries).map(([out, path]) => ({ in: path, out }));
  const settings = { ...common(options), entryPoints };
  const build = (known: KnownModules) =>
    esbuild.build({
      ...settings,
      plugins: [loadSources(known, options.root), resolveKnown(known, options.root), denoResolver],
    });
  const { metafile } = await build(new Map());
  const boot = pathFrom(options.root, entries.fresh_boot ?? "");
  return await build(findKnownModules(metafile, boot));
}

function pathFrom(root: string, file: string): string {
  return relative(root, file).replaceAll("\\", "/");
}

/**
 * An esbuild plugin that changes imports in the project's own modules; see known_modules.ts and
 * reexports.ts.
 */
function loadSources(known: KnownModules, root: string): esbuild.Plugin {
  const reexports = new Reexports();
  const loaders: Record<string, esbuild.Loader> = { ts: "ts", tsx: "tsx", js: "js", jsx: "jsx" };
  return {
    name: "sources",
    setup(build) {
      build.onLoad({ filter: /\.[jt]sx?$/, namespace: "file" }, async ({ path }) => {
        const entry = pathFrom(root, path);
        const text = await reexports.follow(path, await Deno.readTextFile(path));
        return {
          contents: importOfKnown(entry, known.get(entry)) + text,
          loader: loaders[path.replace(/.*\./, "")] ?? "js",
        };
      });
    },
  };
}

/** An output and everything it imports, each once, in import order. */
function reachable(
  start: Output,
  outputs: Map<string, Output>,
  follow: (used: Output["imports"][number]) => boolean,
): Output[] {
  const found = new Set<Output>();
  const visit = (output: Output) => {
    if (found.has(output)) return;
    found.add(output);
    for (const used of output.imports.filter(follow)) {
      const next = outputs.get(used.name);
      if (next) visit(next);
    }
  };
  visit(start);
  return [...found];
}

/** Whether an entry only imports one module: pages then start with that, a request less. */
function isForward({ entry = "chunk", text }: Output): boolean {
  return entry !== "chunk" && /^import\s*"[^"]+";?\s*$/.test(text);
}

/** The texts with each reference replaced by a number, so that no hash depends on a name. */
function normalise(outputs: Output[]): string {
  const replace = (text: string) =>
    outputs.reduce((replaced, { name }, index) => replaced.replaceAll(name, `#${index}`), text);
  return outputs.map(({ text }) => replace(text)).join("\n");
}
