// What opens has the focus before the next key: an effect comes after the next picture.

import { findFiles } from "../../architecture/source_files.ts";
import { projectFolder } from "../../../scripts/server_command.ts";
import { join } from "node:path";
import { assert, assertEquals } from "../../assert.ts";

/** Effects whose handlers move the focus later, at a key. */
const later = new Set(["app/room/Toasts.tsx"]);

/** The effects in a file that move the focus after a picture. */
function lateFocus(source: string): string[] {
  return [...source.matchAll(/^( *)useEffect\((?:.*\);$|[^]*?^\1\}, )/gm)].map(([effect]) => effect)
    .filter((effect) => /\.focus\(|\.showModal\(/.test(effect));
}

Deno.test("no view takes the focus in an effect that comes after the next picture", async () => {
  const found: string[] = [];
  let seen = 0;
  for (const path of await findFiles("app", /\.tsx$/)) {
    const source = await Deno.readTextFile(join(projectFolder, path));
    seen += source.match(/useEffect\(/g)?.length ?? 0;
    if (!later.has(path)) found.push(...lateFocus(source).map((effect) => `${path}: ${effect}`));
  }
  assertEquals(found, []);
  assert(seen > 50, `${seen} effects`);
});

Deno.test("an effect that moves the focus is found on one line and on many", () => {
  const layout = "  useLayoutEffect(() => box.current?.focus(), []);\n";
  const one = "  useEffect(() => box.current?.focus(), []);\n";
  const many = "  useEffect(() => {\n    box.current?.showModal();\n  }, []);\n";
  assertEquals(lateFocus(layout + one + layout + many).length, 2);
  assertEquals(lateFocus(layout), []);
});
