import { assert, assertEquals } from "../assert.ts";
import { limits, serverLimits } from "../../protocol/mod.ts";

const folder = new URL("../../", import.meta.url);

Deno.test("every test that docs/security.md names is there", async () => {
  const manual = await Deno.readTextFile(new URL("docs/security.md", folder));
  const named = [
    ...new Set([...manual.matchAll(/`(tests\/[\w/]+\.ts)`/g)].map(([, path = ""]) => path)),
  ];
  assert(named.length > 15);
  const missing: string[] = [];
  for (const path of named) {
    await Deno.stat(new URL(path, folder)).catch(() => missing.push(path));
  }
  assertEquals(missing, []);
});

Deno.test("every limit has its row there, with the test that holds it", async () => {
  const manual = await Deno.readTextFile(new URL("docs/security.md", folder));
  const [, section = ""] = manual.split("\n## Limits\n");
  const rows = section.split("\n").filter((row) => /`tests\/.*_test\.ts`/.test(row));
  const listed = rows.flatMap((row) => row.split("|")[1]?.match(/\w+(?=`)/g) ?? []);
  assertEquals(listed.sort(), Object.keys({ ...limits, ...serverLimits }).sort());
});
