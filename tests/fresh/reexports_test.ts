import { join } from "node:path";
import { isReexport, Reexports } from "../../fresh/build/reexports.ts";
import { assert, assertEquals, assertFalse } from "../assert.ts";

Deno.test("a module with nothing but re-exports is told from one that does something", () => {
  assert(
    isReexport(
      '/** What: others. */\nexport type { A } from "./a.ts";\nexport { b, c } from "./b.ts";',
    ),
  );
  assert(isReexport('export * from "./a.ts"; // all'));
  assertFalse(isReexport('import "./a.ts";\nexport { b } from "./b.ts";'));
  assertFalse(isReexport('export { b } from "./b.ts";\nstart();'));
  assertFalse(isReexport('export * as all from "./a.ts";'));
  assertFalse(isReexport(""));
});

Deno.test("a re-exported name is imported from where it is declared, anything else as it was", async () => {
  const folder = await Deno.makeTempDir();
  const files = {
    "mod.ts": 'export * from "./chat/mod.ts";\nexport { plain, type Kind } from "./plain.ts";\n',
    "chat/mod.ts": '/** Chat. */\nexport { line as chatLine } from "./line.ts";\n',
    "chat/line.ts": "export const line = 1;\n",
    "plain.ts": "export const plain = 1;\nexport type Kind = 1;\n",
  };
  await Deno.mkdir(join(folder, "chat"));
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(join(folder, name), text);
  }
  const follow = (text: string) => new Reexports().follow(join(folder, "app.ts"), text);
  assertEquals(
    await follow('import { chatLine, plain as own, type Kind } from "./mod.ts";\nrun();'),
    'import { line as chatLine } from "./chat/line.ts"; ' +
      'import { plain as own } from "./plain.ts";\nrun();',
  );
  for (
    const text of ['import { plain } from "./plain.ts";', 'import type { Kind } from "./mod.ts";']
  ) {
    assertEquals(await follow(text), text);
  }
  await Deno.remove(folder, { recursive: true });
});
