/** Comment lines of the project's sources, which `deno fmt` does not wrap. */
import { join } from "node:path/posix";
import { projectFolder } from "../../scripts/server_command.ts";
import { findFiles } from "./source_files.ts";

const widest = 100;
const commentStart = /^\s*(?:\/\/|\/\*|\*|\{\/\*)/;
/** Nothing can break a line that holds one long word, such as a URL. */
const unbreakable = /^\s*(?:\/\/|\*)\s*\S+$/;

/** The comment lines of a text that are longer than 100 columns: "LINE: COLUMNS columns". */
export function longCommentLines(text: string): string[] {
  return text.split("\n").flatMap((line, index) => {
    const columns = [...line].length;
    const isLong = columns > widest && commentStart.test(line) && !unbreakable.test(line);
    return isLong ? [`${index + 1}: ${columns} columns`] : [];
  });
}

/** Those of all scripts and stylesheets: "PATH:LINE: COLUMNS columns". */
export async function findLongCommentLines(): Promise<string[]> {
  const paths = await findFiles("", /\.(tsx?|css)$/);
  // The sheets beside `static/styles/` are generated.
  const written = paths.filter((path) => !/^static\/[^/]+\.css$/.test(path));
  const found = await Promise.all(written.map(async (path) => {
    const text = await Deno.readTextFile(join(projectFolder, path));
    return longCommentLines(text).map((line) => `${path}:${line}`);
  }));
  return found.flat();
}
