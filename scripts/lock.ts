/**
 * `deno task lock`: rewrites both lockfiles. deno.lock lists what building and serving need, which
 * is what a user of the program downloads; tests/deno.lock lists everything. Run it after a version
 * in import_map.json changed, and commit both.
 */
import { join } from "node:path";
import { projectFolder } from "./server_command.ts";

/** Folders without sources of the project. */
const skippedFolders = new Set(["node_modules", "_fresh", "dist"]);
/** Files whose npm packages are for development only. */
const developmentFolders = /^(tests|bench|scripts)\//;

async function findSources(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(join(projectFolder, folder))) {
    if (entry.name.startsWith(".") || skippedFolders.has(entry.name)) continue;
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory) found.push(...await findSources(path));
    else if (/\.tsx?$/.test(entry.name)) found.push(path);
  }
  return found.sort();
}

async function writeLock(file: string, sources: string[]): Promise<void> {
  await Deno.remove(join(projectFolder, file)).catch(() => {});
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["cache", "--quiet", `--lock=${file}`, "--frozen=false", ...sources],
    cwd: projectFolder,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`${file} could not be written; see the output of deno cache above`);
  console.log(`Wrote ${file} from ${sources.length} files`);
}

if (import.meta.main) {
  const sources = await findSources("");
  await writeLock("deno.lock", sources.filter((path) => !developmentFolders.test(path)));
  await writeLock("tests/deno.lock", sources);
}
