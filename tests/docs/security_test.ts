import { assert, assertEquals } from "../assert.ts";

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
