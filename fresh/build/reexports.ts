/**
 * Imports what a module re-exports from where it is declared. esbuild takes a module that only
 * re-exports, such as a feature's `mod.ts`, for a user of all that it names, so everybody who
 * imports one name would share a chunk with everything. Such modules must not be imported for their
 * effects.
 */
import { dirname, join, relative } from "node:path";

const comment = /\/\*[\s\S]*?\*\/|\/\/.*/g;
const reexport = /\bexport\s+(type\s+)?(?:\*|\{([^}]*)\})\s+from\s+"([^"]*)";?/g;
const declared =
  /^export\s+(?:abstract\s+|async\s+)*(?:const|let|class|function\*?|enum)\s+(\w+)/gm;
const imported = /^(import|export)\s+\{([^}]*)\}\s+from\s+"(\.[^"]*\.ts)";/gm;

/** Where a module's names come from: each one's file and its name there. */
type Origins = ReadonlyMap<string, { readonly file: string; readonly name: string }>;

/** Whether a module's text has nothing but re-exports. */
export function isReexport(text: string): boolean {
  const code = text.replace(comment, "");
  return code.includes("export") && code.replace(reexport, "").trim() === "";
}

/** Follows re-exports; what it has read it reads once. */
export class Reexports {
  readonly #origins = new Map<string, Promise<Origins>>();

  /**
   * The text of the module at `path` with imports of re-exported names led to where they are
   * declared.
   */
  async follow(path: string, text: string): Promise<string> {
    let followed = text;
    for (const [statement, kind = "", names = "", specifier = ""] of text.matchAll(imported)) {
      const origins = await this.#originsIn(join(dirname(path), specifier));
      if (origins === undefined) continue;
      const direct = valuesIn(names).map(({ name, as }) => {
        const origin = origins.get(name);
        const from = origin === undefined ? specifier : specifierOf(dirname(path), origin.file);
        return `${kind} { ${origin?.name ?? name} as ${as} } from ${JSON.stringify(from)};`;
      });
      // In one line, so that the lines after it keep their numbers.
      followed = followed.replace(statement, direct.join(" "));
    }
    return followed;
  }

  /** Undefined for a module that does more than re-export. */
  async #originsIn(path: string): Promise<Origins | undefined> {
    const text = await Deno.readTextFile(path);
    return isReexport(text) ? await this.#originsOf(path) : undefined;
  }

  #originsOf(path: string): Promise<Origins> {
    const known = this.#origins.get(path) ?? this.#read(path);
    this.#origins.set(path, known);
    return known;
  }

  async #read(path: string): Promise<Origins> {
    const text = (await Deno.readTextFile(path)).replace(comment, "");
    const origins = new Map<string, { file: string; name: string }>();
    for (const [, name = ""] of text.matchAll(declared)) origins.set(name, { file: path, name });
    for (const [, types, names, specifier = ""] of text.matchAll(reexport)) {
      if (types !== undefined) continue;
      const file = join(dirname(path), specifier);
      const there = await this.#originsOf(file);
      const given = names === undefined
        ? [...there.keys()].map((name) => ({ name, as: name }))
        : valuesIn(names);
      for (const { name, as } of given) origins.set(as, there.get(name) ?? { file, name });
    }
    return origins;
  }
}

/** The names between the braces of an import, without types. */
function valuesIn(names: string): { name: string; as: string }[] {
  return names.split(",").map((each) => each.trim()).flatMap((each) => {
    if (each === "" || each.startsWith("type ")) return [];
    const [name = "", as = name] = each.split(/\s+as\s+/);
    return [{ name, as }];
  });
}

function specifierOf(folder: string, file: string): string {
  const path = relative(folder, file).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}
