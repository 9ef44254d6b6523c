/**
 * Lets esbuild leave out modules that only re-export: whoever imports one name from a feature's `mod.ts` gets the module
 * that declares it, and no other. Like `"sideEffects": false` of a package, which Deno has no place for.
 */
import type { Plugin } from "npm:esbuild@0.28.2";

/** Marks this plugin's own requests to esbuild. */
const own = { reexports: true };
const comment = /\/\*[\s\S]*?\*\/|\/\/.*/g;
const reexport = /\bexport\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s+from\s+"[^"]*";?/g;

/** An esbuild plugin that marks them as free of side effects. */
export const reexportsArePure: Plugin = {
  name: "re-exports",
  setup(build) {
    const known = new Map<string, boolean>();
    build.onResolve({ filter: /^\.\.?\/.*\.[jt]s$/, namespace: "file" }, async (args) => {
      if (args.pluginData === own || args.kind === "entry-point") return undefined;
      const { resolveDir, importer, kind } = args;
      const found = await build.resolve(args.path, { resolveDir, importer, kind, pluginData: own });
      if (found.errors.length > 0) return { errors: found.errors };
      const isPure = known.get(found.path) ?? isReexport(await Deno.readTextFile(found.path));
      known.set(found.path, isPure);
      return { path: found.path, sideEffects: isPure ? false : undefined };
    });
  },
};

/** Whether a module's text has nothing but re-exports. */
export function isReexport(text: string): boolean {
  const code = text.replace(comment, "");
  return code.includes("export") && code.replace(reexport, "").trim() === "";
}
