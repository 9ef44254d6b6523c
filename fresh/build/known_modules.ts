/**
 * Makes few chunks of shared code. esbuild puts modules into one chunk if the same entries reach them, so each
 * combination of entries costs a file, and many small files compress badly. Here every entry also imports what is
 * certainly there before it, which makes those combinations alike.
 * Invariant: no page loads a module earlier than without this; the imports added to an entry name loaded modules only.
 */
import { dirname, extname, resolve } from "node:path";
import type { Loader, Metafile, Plugin } from "npm:esbuild@0.28.2";

type Output = Metafile["outputs"][string];

/** The modules that are loaded before an entry is, by the entry's path; paths as in esbuild's metafile. */
export type KnownModules = ReadonlyMap<string, ReadonlySet<string>>;

const nothing: ReadonlySet<string> = new Set();
/** A module that so many entries use is in the one chunk that all pages load. */
const often = 5;

/**
 * Finds them in the metafile of a build with splitting. `boot`: the path of the entry that loads the others. What leads
 * to an import() counts as not loaded: it may wait for just that entry, and its hash depends on it.
 */
export function findKnownModules({ outputs }: Metafile, boot: string): KnownModules {
  const graph = new Map(Object.entries(outputs));
  const entries = [...graph].flatMap(([path, { entryPoint }]) => {
    if (entryPoint === undefined) return [];
    const loaded = staticClosure(path, graph);
    return [{ path, entryPoint, loaded, own: leafModules(loaded, graph) }];
  });
  const booting = entries.find(({ entryPoint }) => entryPoint === boot);
  const common = commonModules(entries.map(({ own }) => own));
  const everything = entries.reduce((all, { own }) => all.union(own), nothing);
  const known = new Map(entries.map(({ entryPoint }) => [entryPoint, everything]));
  const there = (entry: typeof entries[number]) =>
    entry.own.union(known.get(entry.entryPoint) ?? nothing);
  const findKnown = (entry: typeof entries[number]) => {
    const before = entries.filter((other) =>
      other !== entry && leadsTo(entry.path, { from: other.loaded, graph })
    );
    if (before.length > 0) return before.map(there).reduce((all, each) => all.intersection(each));
    return entry === booting || booting === undefined ? nothing : booting.own.union(common);
  };
  // From "everything" downwards until nothing changes, as compilers find which expressions are available.
  for (let isSettled = false; !isSettled;) {
    isSettled = true;
    for (const entry of entries) {
      const next = findKnown(entry);
      if (next.size !== known.get(entry.entryPoint)?.size) isSettled = false;
      known.set(entry.entryPoint, next);
    }
  }
  return known;
}

/** Those that so many entries use that every page loads them at once. */
function commonModules(used: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const modules of used) {
    for (const module of modules) counts.set(module, (counts.get(module) ?? 0) + 1);
  }
  return new Set([...counts].flatMap(([module, count]) => count < often ? [] : [module]));
}

/** An output and all that it imports statically. */
function staticClosure(start: string, graph: ReadonlyMap<string, Output>): Set<string> {
  const found = new Set<string>();
  const open = [start];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    open.push(...importsOf(path, graph, "import-statement"));
  }
  return found;
}

function importsOf(
  path: string,
  graph: ReadonlyMap<string, Output>,
  wanted: "import-statement" | "dynamic-import",
): string[] {
  return (graph.get(path)?.imports ?? [])
    .filter(({ kind, external }) => kind === wanted && external !== true)
    .map(({ path }) => path);
}

/** Whether the page that has loaded `from` may load the entry `path`. */
function leadsTo(
  path: string,
  { from, graph }: { from: ReadonlySet<string>; graph: ReadonlyMap<string, Output> },
): boolean {
  return from.has(path) ||
    [...from].some((output) => importsOf(output, graph, "dynamic-import").includes(path));
}

/** The modules in those of the outputs that lead to no import(). */
function leafModules(
  closure: ReadonlySet<string>,
  graph: ReadonlyMap<string, Output>,
): ReadonlySet<string> {
  const leaves = [...closure].filter((path) =>
    [...staticClosure(path, graph)].every((used) =>
      importsOf(used, graph, "dynamic-import").length === 0
    )
  );
  return new Set(leaves.flatMap((path) =>
    Object.entries(graph.get(path)?.inputs ?? {})
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([module]) => module)
  ));
}

const loaders: Record<string, Loader> = { ".ts": "ts", ".tsx": "tsx", ".js": "js", ".jsx": "jsx" };
const namespace = "known";

/** An esbuild plugin that has each entry import its known modules. `root`: what paths start from. */
export function importKnown(known: KnownModules, root: string): Plugin {
  const byFile = new Map([...known].map(([entry, modules]) => [resolve(root, entry), modules]));
  return {
    name: "known",
    setup(build) {
      build.onLoad({ filter: /\.[jt]sx?$/, namespace: "file" }, async ({ path }) => {
        if (!byFile.get(path)?.size) return undefined;
        const contents = `import ${JSON.stringify(`known:${path}`)};${await Deno.readTextFile(
          path,
        )}`;
        return { contents, loader: loaders[extname(path)] ?? "js", resolveDir: dirname(path) };
      });
      build.onResolve({ filter: /^known:/ }, ({ path }) => ({ path: path.slice(6), namespace }));
      build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
        contents: [...byFile.get(path) ?? []].sort()
          .map((module) => `import ${JSON.stringify(`module:${module}`)};\n`).join(""),
        resolveDir: root,
      }));
      build.onResolve({ filter: /^module:/ }, ({ path }) => {
        const module = path.slice(7);
        const [, packages, inside = ""] = /^(npm):(.*)$/.exec(module) ?? [];
        return packages ? { path: inside, namespace: packages } : { path: resolve(root, module) };
      });
    },
  };
}
