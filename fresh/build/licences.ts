/**
 * The licences of npm packages, which their authors ask to keep with each copy of their code. A
 * module of the project that was made from a package has its licence beside it: `x.licence.txt` for
 * `x.ts`.
 */
import { join } from "node:path";
import { findNpmCache } from "./npm.ts";

/** A module as the resolver names it: "npm:", name, version, path. */
const npmModule = /^npm:((?:@[^/]+\/)?[^/]+\/[^/]+)\//;

/**
 * The licences of the packages that a bundle has modules of. `modules`: the names of these; those
 * of the project are paths from `root`.
 */
export async function licencesOf(modules: readonly string[], root: string): Promise<string> {
  const packages = new Set(modules.flatMap((module) => npmModule.exec(module)?.[1] ?? []));
  const made = await Promise.all(modules.map((module) => licenceBeside(join(root, module))));
  const texts = [
    ...await Promise.all([...packages].sort().map(licence)),
    ...made.filter((text) => text !== undefined),
  ];
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}

async function licenceBeside(module: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(module.replace(/\.\w+$/, ".licence.txt"));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** `name`: as in "preact/10.29.8". */
async function licence(name: string): Promise<string> {
  const folder = join(findNpmCache(), name);
  const manifest: unknown = JSON.parse(await Deno.readTextFile(join(folder, "package.json")));
  const about = { license: undefined, author: undefined, ...Object(manifest) };
  const lines = [`${name.replace(/\/(?=[^/]*$)/, " ")}: ${about.license}`];
  for await (const { name: file } of Deno.readDir(folder)) {
    if (/^(licen[cs]e|copying|notice)/i.test(file)) {
      lines.push("", (await Deno.readTextFile(join(folder, file))).trim());
    }
  }
  // Some have no such file.
  if (lines.length === 1 && about.author) lines.push("", `By ${nameOf(about.author)}`);
  return `${lines.join("\n")}\n`;
}

/** An author in a package.json is a text or an object. */
function nameOf(author: unknown): string {
  return typeof author === "string" ? author : String({ name: "", ...Object(author) }.name);
}
