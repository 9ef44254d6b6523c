/**
 * Resolves modules for esbuild with Deno's import map and npm cache.
 * Invariants:
 * 1 A bare name means what the import map says, in every importer: one Preact, never two.
 * 2 esbuild sees npm modules by package and version, never by the path of the cache, so the same
 *   source gives the same bundle on every machine.
 */
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { PluginBuild } from "npm:esbuild@0.28.2";

const namespace = "npm";
/** What `import.meta.resolve` returns for a package that is not loaded yet. */
const npmUrl = /^npm:\/?((?:@[^/]+\/)?[^@/]+)@(\d[^/]*)/;
/** The path in the cache of one that is loaded; its folder may be a copy, such as 1.2.3_1. */
const cachedPath = /^((?:@[^/]+\/)?[^/]+)\/([^/_]+)/;
/** Marks this plugin's own requests to esbuild. */
const own = { own: true };

/** An esbuild plugin that resolves as Deno does. */
export const denoResolver = { name: "deno", setup };

function setup(build: PluginBuild): void {
  const cache = findNpmCache();
  const resolveInside = async (path: string, folder: string) => {
    const found = await build.resolve(path, {
      resolveDir: folder,
      kind: "import-statement",
      pluginData: own,
    });
    if (found.errors.length > 0) return { errors: found.errors };
    const { sideEffects } = found;
    return { path: relative(cache, found.path), namespace, sideEffects };
  };
  build.onResolve({ filter: /^[^./]/ }, (args) => {
    if (args.pluginData === own || args.kind === "entry-point") return undefined;
    const url = resolveByImportMap(args.path, args.importer);
    const file = url.startsWith("file:") ? fileURLToPath(url) : undefined;
    const inCache = file === undefined ? "" : relative(cache, file).replaceAll("\\", "/");
    if (file !== undefined && inCache.startsWith("..")) return { path: file };
    const [, name, version] = (file === undefined ? npmUrl : cachedPath).exec(inCache || url) ?? [];
    if (name === undefined || version === undefined || !args.path.startsWith(name)) {
      throw new Error(`${args.path} is ${url}; map it to the same npm name with an exact version`);
    }
    return resolveInside(args.path, join(cache, name, version));
  });
  build.onResolve({ filter: /^\.\.?\//, namespace }, (args) => {
    return args.pluginData === own ? undefined : resolveInside(args.path, args.resolveDir);
  });
  build.onLoad({ filter: /.*/, namespace }, async ({ path }) => {
    const file = join(cache, path);
    return { contents: await Deno.readFile(file), resolveDir: dirname(file), loader: "default" };
  });
}

function resolveByImportMap(specifier: string, importer: string): string {
  try {
    return import.meta.resolve(specifier);
  } catch (cause) {
    throw new Error(`${importer} imports "${specifier}": add it to the import map`, { cause });
  }
}

/** The folder of Deno's npm packages, found from the place esbuild was loaded from. */
function findNpmCache(): string {
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  const esbuild = loaded.find((path) =>
    /[\\/]esbuild[\\/][^\\/]+[\\/]lib[\\/]main\.js$/.test(path)
  );
  if (esbuild === undefined) throw new Error("esbuild was not loaded from Deno's npm cache");
  return join(dirname(esbuild), "..", "..", "..");
}
