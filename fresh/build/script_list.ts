/**
 * The list of all scripts that an app serves, from which anybody can find out whether a site serves
 * the program that was published: it has a line for each, "SHA-256  path", sorted by path, as
 * `sha256sum` writes and checks it. The SHA-256 of the list names the program.
 */
import type { StaticFile } from "../build_cache.ts";

/** Where the list is served. */
export const scriptListPath = "/program.txt";

/**
 * The list for a table of static files; paths are relative to the base path. `read` reads a file of
 * the table.
 */
export async function listScripts(
  files: Readonly<Record<string, StaticFile>>,
  read: (file: string) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<string> {
  const scripts = Object.entries(files).filter(([path]) => path.endsWith(".js"))
    .sort(([one], [other]) => one < other ? -1 : 1);
  const lines = await Promise.all(scripts.map(async ([path, { file }]) => {
    const digest = await crypto.subtle.digest("SHA-256", await read(file));
    return `${new Uint8Array(digest).toHex()}  ${path.slice(1)}\n`;
  }));
  return lines.join("");
}
