import { assertEquals } from "../assert.ts";
import { findCircles } from "./circles.ts";
import { parseSource } from "./source_files.ts";

/** Files by path, each with its text. */
function circlesOf(files: Record<string, string>, map: Record<string, string> = {}): string[][] {
  return findCircles(Object.entries(files).map(([path, text]) => parseSource(path, text)), map);
}

Deno.test("files that import each other are a circle, whichever way the import is written", () => {
  assertEquals(
    circlesOf({
      "app/b.ts": `import type { A } from "./a.ts";`,
      "app/a.ts": `export { b } from "./b.ts";`,
      "app/c.ts": `export const load = () => import("./d.ts");`,
      "app/d.ts": `export type C = typeof import("./c.ts");`,
      "app/e.ts": `import "./a.ts"; import "./c.ts";`,
    }),
    [["app/a.ts", "app/b.ts"], ["app/c.ts", "app/d.ts"]],
  );
});

Deno.test("circles that share a file are one", () => {
  assertEquals(
    circlesOf({
      "a.ts": `import "./b.ts";`,
      "b.ts": `import "./c.ts"; import "./d.ts";`,
      "c.ts": `import "./a.ts";`,
      "d.ts": `import "./b.ts";`,
    }),
    [["a.ts", "b.ts", "c.ts", "d.ts"]],
  );
});

Deno.test("a file that imports itself is a circle", () => {
  assertEquals(circlesOf({ "a.ts": `import "./a.ts";` }), [["a.ts"]]);
});

Deno.test("circles by way of the import map are found, those outside the sources are not", () => {
  const files = {
    "a.ts": `import "lib"; import "preact"; import "./gone.ts";`,
    "lib/mod.ts": `import "../a.ts";`,
  };
  assertEquals(circlesOf(files, { "lib": "./lib/mod.ts" }), [["a.ts", "lib/mod.ts"]]);
  assertEquals(circlesOf(files), []);
});

Deno.test("files that share what they import are no circle", () => {
  assertEquals(
    circlesOf({
      "a.ts": `import "./b.ts"; import "./c.ts";`,
      "b.ts": `import "./c.ts";`,
      "c.ts": "",
    }),
    [],
  );
});
