// The fixture app, copied to a temporary folder and built there by its own dev.ts in a child process:
// esbuild's process ends at any time, which would count as a leak in the test that started it.

import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Handler } from "../../fresh/app.ts";

const fixture = new URL("./fixture/", import.meta.url);

/** A built copy of the fixture; `await using` removes it. */
export interface BuiltFixture extends AsyncDisposable {
  folder: string;
  fetch: Handler;
}

/**
 * Builds the fixture in a new folder, `depth` levels below a temporary one. `files`: by path, added
 * to the fixture or in place of its files.
 */
export async function buildFixture(
  depth = 0,
  files: Readonly<Record<string, string>> = {},
): Promise<BuiltFixture> {
  const top = await Deno.makeTempDir({ prefix: "fresh-" });
  const folder = join(top, ...Array.from({ length: depth }, (_, index) => `level${index}`));
  await copyFolder(fixture, pathToFileURL(`${folder}/`));
  for (const [path, text] of Object.entries(files)) {
    await Deno.writeTextFile(join(folder, path), text);
  }
  const { success, stderr } = await runDev(folder, "build").output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const server = await import(pathToFileURL(join(folder, "_fresh", "server.js")).href);
  return {
    folder,
    fetch: server.default.fetch,
    [Symbol.asyncDispose]: () => Deno.remove(top, { recursive: true }),
  };
}

/** Runs the `dev.ts` of a copy of the fixture with the import map of this project. */
export function runDev(folder: string, ...args: string[]): Deno.Command {
  const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
  const flags = ["--no-lock", "--no-prompt", "--allow-read", "--allow-write", "--allow-env"];
  flags.push("--allow-run", "--allow-net", "--config", config);
  return new Deno.Command(Deno.execPath(), {
    args: ["run", ...flags, join(folder, "dev.ts"), ...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  });
}

async function copyFolder(from: URL, to: URL): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const entry of Deno.readDir(from)) {
    const name = encodeURIComponent(entry.name) + (entry.isDirectory ? "/" : "");
    if (entry.isDirectory) await copyFolder(new URL(name, from), new URL(name, to));
    else await Deno.copyFile(new URL(name, from), new URL(name, to));
  }
}
