/**
 * Resolves modules for esbuild with Deno's import map and npm cache.
 * Invariants:
 * 1 A bare name means what the import map says, in every importer: one Preact, never two.
 * 2 esbuild sees npm modules by package and version, never by the path of the cache, so the same
 *   source gives the same bundle on every machine.
 */
import { createRequire, isBuiltin } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { OnResolveArgs, OnResolveResult, PluginBuild } from "npm:esbuild@0.28.2";

const namespace = "npm";
/** A module of Node that a CommonJS module requires. */
const required = "required";
/**
 * How mediabunny imports its part for Node, which its `browser` field turns off. For an import of a
 * whole module esbuild needs a helper, which would be a file of its own that every page loads.
 */
const nodePart = /^import \* as (\w+) from '\.\/node\.js';$/gm;
/** What `import.meta.resolve` returns for a package that is not loaded yet. */
const npmUrl = /^npm:\/?((?:@[^/]+\/)?[^@/]+)@(\d[^/]*)\/?(.*)/;
/** The path in the cache of one that is loaded; its folder may be a copy, such as 1.2.3_1. */
const cachedPath = /^((?:@[^/]+\/)?[^/]+)\/([^/_]+)[^/]*\/(.*)/;
/** Marks this plugin's own requests to esbuild. */
const own = { own: true };

/**
 * An esbuild plugin that resolves as Deno does. For the platform "node" it knows the modules of
 * Node and what npm packages depend on; for browsers only the import map.
 */
export const denoResolver = { name: "deno", setup };

function setup(build: PluginBuild): void {
  const cache = findNpmCache();
  const isProgram = build.initialOptions.platform === "node";
  build.onResolve({ filter: /^[^./]/ }, async (args) => {
    if (args.pluginData === own || args.kind === "entry-point") return undefined;
    if (isProgram && isBuiltin(args.path)) return builtin(args);
    const url = resolveByImportMap(args.path) ??
      (isProgram && args.namespace === namespace
        ? resolveDependency(args.path, join(cache, args.importer))
        : undefined);
    // For esbuild to judge: in a `try`, it may be missing.
    if (url === undefined && args.namespace === namespace) return undefined;
    if (url === undefined) {
      throw new Error(`${args.importer} imports "${args.path}": add it to the import map`);
    }
    const file = url.startsWith("file:") ? fileURLToPath(url) : undefined;
    const inCache = file === undefined ? "" : relative(cache, file).replaceAll("\\", "/");
    if (file !== undefined && inCache.startsWith("..")) return { path: file };
    const [, name, version, rest = ""] =
      (file === undefined ? npmUrl : cachedPath).exec(inCache || url) ?? [];
    if (name === undefined || version === undefined) {
      throw new Error(`${args.path} is ${url}; map it to an npm package with an exact version`);
    }
    const inside = args.path.startsWith(name) ? args.path.slice(name.length + 1) : rest;
    return await resolveInPackage({ folder: join(cache, name, version), name, inside, args });
  });
  const resolveInside = async (path: string, { kind, resolveDir }: ResolveOptions) => {
    const found = await build.resolve(path, { resolveDir, kind, pluginData: own });
    return found.errors.length > 0
      ? { errors: found.errors }
      : { path: relative(cache, found.path), namespace, sideEffects: found.sideEffects };
  };
  const resolveInPackage = async ({ folder, name, inside, args: { kind } }: Inside) => {
    const options = { kind, resolveDir: folder };
    const found = await resolveInside(inside === "" ? name : `${name}/${inside}`, options);
    // A package without `exports` does not know itself by name.
    return "errors" in found ? await resolveInside(`./${inside}`, options) : found;
  };
  build.onResolve({ filter: /^\.\.?(\/|$)/, namespace }, (args) => {
    return args.pluginData === own ? undefined : resolveInside(args.path, args);
  });
  build.onLoad({ filter: /.*/, namespace }, async ({ path }) => {
    const file = join(cache, path);
    // Without the package's own source map, which has paths of this machine.
    const contents = (await Deno.readTextFile(file)).replace(/\/\/# sourceMappingURL=.*$/gm, "")
      .replace(nodePart, "const $1 = {};");
    return { contents, resolveDir: dirname(file), loader: "default" };
  });
  build.onLoad({ filter: /.*/, namespace: required }, ({ path }) => ({
    contents: `import value from ${JSON.stringify(path)}; module.exports = value;`,
  }));
}

type ResolveOptions = Pick<OnResolveArgs, "kind" | "resolveDir">;

interface Inside {
  /** Of the package. */
  folder: string;
  name: string;
  /** A path below the package's name; "": its main module. */
  inside: string;
  args: OnResolveArgs;
}

/** Deno has no `require` in a module, so what is required is imported. */
function builtin({ path, kind }: OnResolveArgs): OnResolveResult {
  const url = path.startsWith("node:") ? path : `node:${path}`;
  return kind === "require-call"
    ? { path: url, namespace: required }
    : { path: url, external: true };
}

function resolveByImportMap(specifier: string): string | undefined {
  try {
    return import.meta.resolve(specifier);
  } catch {
    return undefined;
  }
}

/** What a module in the cache gets for a name, as Deno resolves it. */
function resolveDependency(specifier: string, importer: string): string | undefined {
  try {
    return pathToFileURL(createRequire(importer).resolve(specifier)).href;
  } catch {
    return undefined;
  }
}

/** The folder of Deno's npm packages, found from the place esbuild was loaded from. */
export function findNpmCache(): string {
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  const esbuild = loaded.find((path) =>
    /[\\/]esbuild[\\/][^\\/]+[\\/]lib[\\/]main\.js$/.test(path)
  );
  if (esbuild === undefined) throw new Error("esbuild was not loaded from Deno's npm cache");
  return join(dirname(esbuild), "..", "..", "..");
}
