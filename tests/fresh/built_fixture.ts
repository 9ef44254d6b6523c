// The fixture app, copied to a folder of its own and built there.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Handler } from "../../fresh/app.ts";
import { Builder } from "../../fresh/dev.ts";

const FIXTURE = new URL("./fixture/", import.meta.url);

/** A built copy of the fixture; `await using` removes it. */
export interface BuiltFixture extends AsyncDisposable {
  folder: string;
  fetch: Handler;
}

/** Builds the fixture in a new folder, `depth` levels below the temporary one. */
export async function buildFixture(depth = 0): Promise<BuiltFixture> {
  const top = await Deno.makeTempDir({ prefix: "fresh-" });
  const folder = join(top, ...Array.from({ length: depth }, (_, index) => `level${index}`));
  await copyFolder(FIXTURE, pathToFileURL(`${folder}/`));
  await new Builder({ root: folder }).build();
  const server = await import(pathToFileURL(join(folder, "_fresh", "server.js")).href);
  return {
    folder,
    fetch: server.default.fetch,
    [Symbol.asyncDispose]: () => Deno.remove(top, { recursive: true }),
  };
}

async function copyFolder(from: URL, to: URL): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const entry of Deno.readDir(from)) {
    const name = encodeURIComponent(entry.name) + (entry.isDirectory ? "/" : "");
    if (entry.isDirectory) await copyFolder(new URL(name, from), new URL(name, to));
    else await Deno.copyFile(new URL(name, from), new URL(name, to));
  }
}
