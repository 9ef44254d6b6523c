// The bundled program: it does what its source does, and reads a chunk only when it is imported.

import { assert, assertEquals, assertMatch } from "../assert.ts";
import { buildFixture } from "./built_fixture.ts";

const program = {
  "dev.ts": `import { Builder } from "fresh/dev";
const builder = new Builder({
  root: import.meta.dirname,
  program: "start.ts",
  pageLoaders: /^parts\\/page/,
});
if (Deno.args.includes("build")) await builder.build();
else await import("./start.ts");`,
  "start.ts": `import { placeOf } from "./parts/failing.ts";
import { where } from "./parts/where.ts";
import { load } from "./parts/page.ts";
if (Deno.args.includes("page")) load().catch(({ message }) => console.log(message));
export const main = import.meta.main;
console.log(main, where());
if (Deno.args.includes("fail")) console.log(placeOf({ name: "x" }));
const more = async () => console.log(await (await import("./parts/answer.ts")).answer());
// Not awaited: that module needs this one evaluated.
if (Deno.args.includes("all")) more();
const ask = async () => console.log(await (await import("./parts/thread.ts")).answerOf(41));
if (Deno.args.includes("worker")) ask();`,
  "parts/thread.ts": `export function answerOf(question: number): Promise<unknown> {
  const worker = new Worker(new URL("./sums.ts", import.meta.url).href, { type: "module" });
  return new Promise((resolve) => {
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.postMessage(question);
  });
}`,
  "parts/sums.ts": `import { where } from "./where.ts";
self.onmessage = ({ data }) => self.postMessage([data + 1, import.meta.main, where()]);`,
  "parts/page.ts": `export const load = () => import("./shown.ts");`,
  "parts/shown.ts": `export const shown = "only in pages";`,
  "parts/where.ts": `export const where = () => new URL("./late.ts", import.meta.url).href;`,
  // It imports the entry, as the server's build imports main.ts; and CommonJS that requires node:.
  "parts/answer.ts": `import { main } from "../start.ts";
export async function answer() {
  const { Registry } = await import("prom-client");
  return [main, new Registry().contentType];
}`,
  "parts/failing.ts": `interface Thing {
  name: string;
}
export const placeOf = (_: Thing) => new Error("x").stack?.split("\\n")[1];`,
};

/** Runs a module with nothing but permissions, as the binary does. */
async function run(file: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-config", "--no-lock", "--no-npm", "-A", "--no-prompt", file, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

Deno.test("a bundled program needs no packages, keeps its paths, and is the main module", async () => {
  await using fixture = await buildFixture(0, program);
  const file = `${fixture.folder}/_fresh/program/start.js`;
  assertEquals(await run(file), `true file://${fixture.folder}/parts/late.ts\n`);
  assertMatch(await run(file, "all"), /\n\[ true, "text\/plain; version=[^"]+" \]\n$/);
});

Deno.test("Deno does not read what a bundled program imports late together with it", async () => {
  await using fixture = await buildFixture(0, program);
  const folder = `${fixture.folder}/_fresh/program`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--no-config", "--no-lock", `${folder}/start.js`],
    stderr: "null",
  }).output();
  const graph: { modules: { specifier: string }[] } = JSON.parse(new TextDecoder().decode(stdout));
  const read = graph.modules.map(({ specifier }) => specifier.replace(/.*\//, ""));
  const written = [...Deno.readDirSync(folder)].map(({ name }) => name);
  const isLate = (name: string) => /^answer-\w+\.js$/.test(name);
  assertEquals([read.includes("start.js"), read.some(isLate)], [true, false]);
  assert(written.some(isLate), "the late chunk is there");
});

Deno.test("a bundled program starts its workers, which do not start the program", async () => {
  await using fixture = await buildFixture(0, program);
  const file = `${fixture.folder}/_fresh/program/start.js`;
  const lines = (await run(file, "worker")).trim().split("\n");
  const late = `file://${fixture.folder}/parts/late.ts`;
  assertEquals(lines, [`true ${late}`, `[ 42, false, "${late}" ]`]);
});

Deno.test("a stack trace of a bundled program names the place in the source", async () => {
  await using fixture = await buildFixture(0, program);
  const output = await run(`${fixture.folder}/_fresh/program/start.js`, "fail");
  assertMatch(output, /parts\/failing\.ts:4:38\)?$/m);
});

Deno.test("a bundled program has nothing of what only pages load, and no packages in its maps", async () => {
  await using fixture = await buildFixture(0, program);
  const folder = `${fixture.folder}/_fresh/program`;
  const texts = new Map(
    await Promise.all(
      [...Deno.readDirSync(folder)].map(async ({ name }) =>
        [name, await Deno.readTextFile(`${folder}/${name}`)] as const
      ),
    ),
  );
  assertEquals([...texts.values()].filter((text) => text.includes("only in pages")), []);
  assertMatch(await run(`${folder}/start.js`, "page"), /a module that only pages load/);
  const maps = [...texts].filter(([name]) => name.endsWith(".map")).map(([, text]) => text);
  const sources = maps.flatMap((text) => JSON.parse(text).sources);
  assert(sources.some((source) => source.endsWith("parts/where.ts")), "own sources are there");
  assertEquals(sources.filter((source) => source.startsWith("npm:")), []);
});
