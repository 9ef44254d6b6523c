/**
 * Makes few chunks of shared code. esbuild puts modules into one chunk if the same entries reach
 * them, so each combination of entries costs a file, and many small files compress badly. Here
 * every entry also imports what is certainly there before it, which makes those combinations alike.
 * The entry that loads the others also imports what they all use.
 * Invariant: the imports added to an entry name modules that are loaded by then, or that most of
 * the app uses.
 */
import { resolve } from "node:path";
import type { Metafile, Plugin } from "npm:esbuild@0.28.2";

type Output = Metafile["outputs"][string];

/**
 * The modules that are loaded before an entry is, by the entry's path; paths as in esbuild's
 * metafile.
 */
export type KnownModules = ReadonlyMap<string, ReadonlySet<string>>;

const nothing: ReadonlySet<string> = new Set();
/** A module that so many entries use is in the one chunk that all pages load. */
const often = 6;
/**
 * A module with what it imports, if it has at most these bytes, costs every page less than a file
 * of its own; so uses soon after a page, by its own import(), count twice, and those of pages not.
 */
const smallBytes = 300;

/**
 * An entry's output, all that it imports statically, and the modules therein that lead to no
 * import().
 */
interface Entry {
  readonly path: string;
  readonly entryPoint: string;
  readonly loaded: ReadonlySet<string>;
  readonly own: ReadonlySet<string>;
}

/**
 * Finds them in the metafile of a build with splitting. `boot`: the path of the entry that loads
 * the others. What leads to an import() counts as not loaded: it may wait for just that entry, and
 * its hash depends on it.
 */
export function findKnownModules(metafile: Metafile, boot: string): KnownModules {
  const graph = new Map(Object.entries(metafile.outputs));
  const entries = [...graph].flatMap(([path, { entryPoint }]): Entry[] => {
    if (entryPoint === undefined) return [];
    const loaded = staticClosure(path, graph);
    return [{ path, entryPoint, loaded, own: leafModules(loaded, graph) }];
  });
  const booting = entries.find(({ entryPoint }) => entryPoint === boot);
  const pages = entries.filter((entry) =>
    entry !== booting &&
    !entries.some((other) => other !== entry && leadsTo(entry.path, { from: other.loaded, graph }))
  );
  const alike = modulesOfAll(pages, { metafile, graph });
  const first = settle({ entries, booting, graph, common: alike });
  const common = commonModules(entries, { pages, metafile, graph, known: first, alike })
    .union(alike);
  const known = settle({ entries, booting, graph, common });
  // What imports nothing, as the words of a language, needs none of the others.
  const importsNothing = (entryPoint: string) => metafile.inputs[entryPoint]?.imports.length === 0;
  return new Map([...known].filter(([entryPoint]) => !importsNothing(entryPoint)));
}

/** What each entry finds loaded, if every page loads `common` at once. */
function settle({ entries, booting, graph, common }: {
  entries: readonly Entry[];
  booting: Entry | undefined;
  graph: ReadonlyMap<string, Output>;
  common: ReadonlySet<string>;
}): KnownModules {
  const everything = entries.reduce((all, { own }) => all.union(own), nothing);
  const known = new Map(entries.map(({ entryPoint }) => [entryPoint, everything]));
  const there = (entry: Entry) => entry.own.union(known.get(entry.entryPoint) ?? nothing);
  const findKnown = (entry: Entry) => {
    const before = entries.filter((other) =>
      other !== entry && leadsTo(entry.path, { from: other.loaded, graph })
    );
    if (before.length > 0) return before.map(there).reduce((all, each) => all.intersection(each));
    if (booting === undefined) return nothing;
    return entry === booting ? common : booting.own.union(common);
  };
  // From "everything" downwards until nothing changes, as compilers find which expressions are
  // available.
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

/**
 * Those that so many entries use that every page loads them at once. An entry further away that
 * finds a module loaded, by `known`, does not count. `alike`: those of all pages.
 */
function commonModules(
  entries: readonly Entry[],
  { pages, metafile, graph, known, alike }: {
    pages: readonly Entry[];
    metafile: Metafile;
    graph: ReadonlyMap<string, Output>;
    known: KnownModules;
    alike: ReadonlySet<string>;
  },
): ReadonlySet<string> {
  const late = (entry: Entry) => (other: Entry) =>
    other !== entry && leadsTo(entry.path, { from: other.loaded, graph });
  const uses = new Map<string, { count: number; weight: number }>();
  for (const entry of entries) {
    const weight = pages.includes(entry) ? 0 : pages.some(late(entry)) ? 2 : 1;
    const found = weight === 1 ? known.get(entry.entryPoint) ?? nothing : nothing;
    for (const module of entry.own.difference(found)) {
      const before = uses.get(module) ?? { count: 0, weight: 0 };
      uses.set(module, { count: before.count + 1, weight: before.weight + weight });
    }
  }
  const sizes = new Map(
    [...graph.values()].flatMap(({ inputs }) =>
      Object.entries(inputs).map(([module, { bytesInOutput }]) => [module, bytesInOutput] as const)
    ),
  );
  // With what it brings along.
  const sizeOf = (module: string) =>
    [...importsBelow(module, metafile)].filter((used) => !alike.has(used))
      .reduce((sum, used) => sum + (sizes.get(used) ?? 0), 0);
  return new Set([...uses].flatMap(([module, { count, weight }]) => {
    const isSmall = sizeOf(module) <= smallBytes;
    return (isSmall ? weight : count) >= often ? [module] : [];
  }));
}

/** A module and all that it imports statically. */
function importsBelow(start: string, { inputs }: Metafile): ReadonlySet<string> {
  const used = new Set([start]);
  for (const module of used) {
    for (const { path, kind } of inputs[module]?.imports ?? []) {
      if (kind === "import-statement") used.add(path);
    }
  }
  return used;
}

/** Those that all pages use, if there are several, and that lead to no import() themselves. */
function modulesOfAll(
  pages: readonly Entry[],
  { metafile: { inputs }, graph }: {
    metafile: Metafile;
    graph: ReadonlyMap<string, Output>;
  },
): ReadonlySet<string> {
  if (pages.length < 2) return nothing;
  const modules = pages.map(({ loaded }) =>
    new Set([...loaded].flatMap((path) => Object.keys(graph.get(path)?.inputs ?? {})))
  ).reduce((all, each) => all.intersection(each));
  const isLeaf = (start: string) => {
    const used = new Set([start]);
    for (const module of used) {
      for (const { path, kind } of inputs[module]?.imports ?? []) {
        if (kind === "dynamic-import") return false;
        used.add(path);
      }
    }
    return true;
  };
  return new Set([...modules].filter(isLeaf));
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

const namespace = "known";

/** A module that runs in a worker or a worklet has nothing of what its page has loaded. */
const elsewhere = /_work(er|let)\.ts$/;

/**
 * The import that an entry's text begins with; "" for what is no entry. `modules`: what it knows.
 */
export function importOfKnown(path: string, modules: ReadonlySet<string> | undefined): string {
  return modules === undefined || modules.size === 0 || elsewhere.test(path)
    ? ""
    : `import ${JSON.stringify(`${namespace}:${path}`)};`;
}

/** An esbuild plugin that resolves these imports. `root`: what paths start from. */
export function resolveKnown(known: KnownModules, root: string): Plugin {
  const resolveModule = (module: string) => {
    const [, packages, inside = ""] = /^(npm):(.*)$/.exec(module) ?? [];
    return packages ? { path: inside, namespace: packages } : { path: resolve(root, module) };
  };
  return {
    name: "known",
    setup(build) {
      build.onResolve({ filter: /^known:/ }, ({ path }) => ({ path: path.slice(6), namespace }));
      build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({
        contents: [...known.get(path) ?? []].sort()
          .map((module) => `import ${JSON.stringify(`module:${module}`)};\n`).join(""),
        resolveDir: root,
      }));
      build.onResolve({ filter: /^module:/ }, ({ path }) => resolveModule(path.slice(7)));
    },
  };
}
