// How long files may be. `deno task check` runs this module and prints the long ones of what runs.

import { join } from "node:path/posix";
import { projectFolder } from "../../scripts/server_command.ts";
import { findFiles } from "./source_files.ts";

/** A file over it fails the test. */
export const maxFileLines = 400;
/** A file over it is printed: it may read better as two. */
const longFileLines = 300;

/** Lists of phrases, so that a language can be one file. */
const catalogue = /^app\/ui\/words\//;
/** Tests and what the build joins from `static/styles/`. */
const notPrinted = /^(tests\/|bench\/|static\/\w+\.css$)/;

/** A sentence for each file of more than `limit` lines. */
export function longFiles(
  files: readonly { readonly path: string; readonly lines: number }[],
  limit: number,
): string[] {
  return files.filter(({ path, lines }) => lines > limit && !catalogue.test(path))
    .map(({ path, lines }) => `${path}: ${lines} lines`);
}

async function printLongFiles(): Promise<void> {
  const paths = (await findFiles("", /\.(tsx?|css)$/)).filter((path) => !notPrinted.test(path));
  const files = await Promise.all(paths.map(async (path) => {
    const text = await Deno.readTextFile(join(projectFolder, path));
    return { path, lines: text.trimEnd().split("\n").length };
  }));
  const long = longFiles(files, longFileLines);
  if (long.length === 0) return;
  console.warn(
    `Over ${longFileLines} lines; ${maxFileLines} is the limit:\n  ${long.join("\n  ")}`,
  );
}

if (import.meta.main) await printLongFiles();
