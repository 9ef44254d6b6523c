// The manual names files where they are.

import { assert } from "../assert.ts";
import { join } from "node:path";
import { projectFolder } from "../../scripts/server_command.ts";

/** Paths in backquotes that begin with a folder of the project. */
const path =
  /`((?:app|bench|deploy|docs|fresh|islands|mesh|protocol|routes|scripts|server|signaling|static|tests)\/[\w./[\]-]*)`/g;

Deno.test("every file that the pages about the source name is there", async () => {
  for (const page of ["docs/ARCHITECTURE.md", "docs/decisions.md", "docs/security.md"]) {
    const text = await Deno.readTextFile(join(projectFolder, page));
    const named = [...text.matchAll(path)].map(([, name = ""]) => name);
    assert(named.length > 5, page);
    for (const name of named) {
      const isThere = await Deno.stat(join(projectFolder, name)).then(() => true, () => false);
      assert(isThere, `${page} names ${name}`);
    }
  }
});
