// The names of what pages load late, which contain hashes.

import type { Peer } from "./peer.ts";
import { projectFolder } from "../../scripts/server_command.ts";
import { waitFor } from "./wait_for.ts";

/** The path of the module that an import() of `source` loads. */
export async function chunkOf(source: string): Promise<string> {
  const snapshot = await Deno.readTextFile(`${projectFolder}_fresh/snapshot.js`);
  const [, rest = ""] = snapshot.split(`"${source}": {`);
  const name = /"client": "([^"]+)"/.exec(rest)?.[1];
  if (name === undefined) throw new Error(`the build has no chunk of ${source}`);
  return `/_fresh/js/${name}`;
}

/** Waits until a page has loaded it. */
export async function waitForChunk({ page }: Peer, source: string): Promise<void> {
  const path = await chunkOf(source);
  await waitFor(() =>
    page.evaluate(
      (path) => performance.getEntriesByType("resource").some(({ name }) => name.endsWith(path)),
      path,
    ), { what: `${source} to be loaded` });
}
