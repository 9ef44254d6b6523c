// Makes the client modules: one for each island file, one that starts them, and what they share.
//
// Invariant: a module's name holds the hash of its own content and of all it imports, and depends on
// nothing else. esbuild's own hashes depend on paths, so they only serve to find the references.

import { basename } from "node:path";
import * as esbuild from "npm:esbuild@0.28.2";
import { minify } from "npm:terser@5.51.4";
import type { ClientEntry } from "../build_cache.ts";
import type { Mode } from "../types.ts";
import { denoResolver } from "./npm.ts";

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
}

interface Output {
  name: string;
  /** The entry's name, unless it is a shared chunk. */
  entry?: string;
  text: string;
  imports: { name: string; lazy: boolean }[];
}

/** Bundles for the browser; throws with esbuild's words when a module does not build. */
export async function bundle(options: BundleOptions): Promise<Bundle> {
  const outputs = await runEsbuild(options);
  const names = new Map<string, string>();
  for (const output of outputs.values()) {
    const hash = await hashText(normalise(reachable(output, outputs, () => true)));
    names.set(output.name, `${output.entry ?? "chunk"}-${hash}.js`);
  }
  const files = new Map<string, string>();
  const entries: Record<string, ClientEntry> = {};
  const rename = (text: string) =>
    [...names].reduce((renamed, [from, to]) => renamed.replaceAll(from, to), text);
  for (const output of outputs.values()) {
    files.set(rename(output.name), rename(output.text));
    if (output.entry === undefined) continue;
    const [, ...others] = reachable(output, outputs, ({ lazy }) => !lazy);
    entries[output.entry] = {
      client: rename(output.name),
      preload: others.map(({ name }) => rename(name)),
    };
  }
  return { files, entries };
}

/** The first 16 digits of the text's or the bytes' sha256. */
export async function hashText(content: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex().slice(0, 16);
}

/**
 * Makes a production script about 3 % smaller (gzip) than esbuild alone; the bounds on script depend on it. What terser
 * writes depends on all it reads, so it must not see esbuild's names of other modules: see the invariant.
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
    // Reading `signal.value` subscribes an effect, so a read whose result is unused must stay.
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
    plugins: [denoResolver],
  } satisfies esbuild.BuildOptions;
}

async function runEsbuild({ entries, ...options }: BundleOptions): Promise<Map<string, Output>> {
  const result = await esbuild.build({
    ...common(options),
    entryPoints: Object.entries(entries).map(([out, path]) => ({ in: path, out })),
    entryNames: "[name]-[hash]",
    chunkNames: "chunk-[hash]",
    splitting: true,
    metafile: true,
    write: false,
    // Its process would keep ours from ending.
  }).finally(() => esbuild.stop());
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
      text: texts.get(name) ?? "",
      imports: imports.filter((used) => !used.external)
        .map((used) => ({ name: basename(used.path), lazy: used.kind === "dynamic-import" })),
    });
  }
  return outputs;
}

/** The output and all it imports, each once, in the order of the imports. */
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

/** The texts with every reference replaced by a number, so that no name is part of its own hash. */
function normalise(outputs: Output[]): string {
  const replace = (text: string) =>
    outputs.reduce((replaced, { name }, index) => replaced.replaceAll(name, `#${index}`), text);
  return outputs.map(({ text }) => replace(text)).join("\n");
}
