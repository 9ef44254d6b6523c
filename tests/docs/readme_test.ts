import { assert, assertEquals } from "../assert.ts";
import { readCommand } from "../../server/settings/command.ts";

const root = new URL("../../", import.meta.url);
const readme = await Deno.readTextFile(new URL("README.md", root));
const { tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));

Deno.test("every task the README names exists, and every task is in the README", () => {
  const named = new Set(
    [...readme.matchAll(/deno(?:@[\d.]+)? task ([\w:]+)/g)].map(([, name]) => name),
  );
  assertEquals([...named].toSorted(), Object.keys(tasks).toSorted());
});

Deno.test("docs/configuration.md has the settings of --help: flags and variables", async () => {
  const help = readCommand({ args: ["--help"], env: {}, readText: Deno.readTextFileSync });
  assert(help.kind === "print");
  const inHelp = [...help.text.matchAll(/^ {2}(--[\w-]+(?: [A-Z]+)?) +.*\n +\(or (\w+)[;)]/gm)];
  const page = await Deno.readTextFile(new URL("docs/configuration.md", root));
  const inPage = [...page.matchAll(/^\| `(--[\w-]+(?: [A-Z]+)?)` +\| `(\w+)`/gm)];
  assert(inHelp.length >= 15, help.text);
  assertEquals(inPage.map(([, ...row]) => row), inHelp.map(([, ...row]) => row));
  const reloads = (text: string) => [...text.matchAll(/reloads\)/g)].length;
  assertEquals(reloads(page), reloads(help.text), "what a reload changes");
});

Deno.test("the settings file of docs/configuration.md is one", async () => {
  const page = await Deno.readTextFile(new URL("docs/configuration.md", root));
  const toml = /```toml\n(.*?)```/s.exec(page)?.[1] ?? "";
  const read = readCommand({ args: ["--config", "x.toml"], env: {}, readText: () => toml });
  assert(read.kind === "serve", JSON.stringify(read));
  assertEquals([...read.settings.givenBy.keys()].length, 5);
});

Deno.test("every file the README points to exists", async () => {
  const links = [...readme.matchAll(/\]\((?!http)([^)]+)\)/g)].map(([, path = ""]) => path);
  assert(links.length >= 6);
  for (const path of links) assert((await Deno.stat(new URL(path, root))).isFile, path);
});

Deno.test("CI calls the README's test command and the check, and no others", async () => {
  const script = await Deno.readTextFile(new URL(".ci/run", root));
  assert(readme.includes("npx -y deno@2.7.11 task test"));
  assert(/^deno\(\) \{ npx -y deno@2\.7\.11 "\$@"; \}$/m.test(script));
  const called = [...script.matchAll(/^deno task (\S+)/gm)].map(([, task]) => task);
  assertEquals(called, ["check", "test"]);
});
