// What a server loads with its first request for it, and what it knows before.

import { assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { buildFixture, runDev } from "./built_fixture.ts";

/** A module that notes each of its evaluations in a list of this process. */
function noting(name: string, text: string): string {
  return `(globalThis.loaded ??= []).push(${JSON.stringify(name)});\n${text}`;
}

/** The noted evaluations. */
function loaded(): readonly string[] {
  return Object.assign({ loaded: [] }, globalThis).loaded;
}

Deno.test("a page is loaded with its first request, and its methods are known before", async () => {
  await using fixture = await buildFixture(0, {
    "routes/late.tsx": noting("late", "export const handler = { POST: () => new Response('x') };"),
    "routes/never.tsx": noting("never", "export const handler = () => new Response('x');"),
    "routes/moved.tsx": noting(
      "moved",
      `export const config = { routeOverride: "/elsewhere/:id" };
export const handler = (ctx: { params: object }) => Response.json(ctx.params);`,
    ),
  });
  const ask = (path: string, method = "GET") =>
    fixture.fetch(new Request(`http://here${path}`, { method }));
  assertEquals(loaded(), []);
  const refused = await ask("/late");
  assertEquals([refused.status, refused.headers.get("allow")], [405, "POST, OPTIONS"]);
  assertEquals(loaded(), []);
  for (const _ of [1, 2]) assertEquals(await (await ask("/late", "POST")).text(), "x");
  assertEquals(await (await ask("/elsewhere/7")).json(), { id: "7" });
  assertEquals(loaded(), ["late", "moved"]);
});

Deno.test("islands are loaded with the first page, and one that a handler renders is marked", async () => {
  await using fixture = await buildFixture(0, {
    "islands/Noted.tsx": noting("island", "export const Noted = () => <b>noted</b>;"),
    "routes/handled.tsx": `import { Noted } from "../islands/Noted.tsx";
export const handler = (ctx) => ctx.render(<Noted />);`,
  });
  const text = async (path: string) =>
    await (await fixture.fetch(new Request(`http://here${path}`))).text();
  await text("/api/a");
  assertEquals(loaded().includes("island"), false);
  assertMatch(await text("/handled"), /<!--island:0--><b>noted<\/b><!--\/island:0-->/);
  assertEquals(loaded().filter((name) => name === "island").length, 1);
});

Deno.test("a route file that cannot be registered fails the build with its path", async () => {
  await using fixture = await buildFixture();
  const cases = {
    "routes/_other.tsx": "export default () => null;",
    "routes/odd.tsx": "export const handler = 'GET';",
    "routes/_error.tsx": "export const config = {};",
  };
  for (const [path, text] of Object.entries(cases)) {
    const file = `${fixture.folder}/${path}`;
    const before = await Deno.readTextFile(file).catch(() => undefined);
    await Deno.writeTextFile(file, text);
    const { success, stderr } = await runDev(fixture.folder, "build").output();
    assertEquals(success, false, path);
    assertStringIncludes(new TextDecoder().decode(stderr), path);
    if (before === undefined) await Deno.remove(file);
    else await Deno.writeTextFile(file, before);
  }
});
