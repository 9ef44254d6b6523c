import { assert, assertEquals } from "../../assert.ts";
import { hues } from "../../../app/ui/hue.ts";
import { joinStylesheets, stylesheets } from "../../../scripts/stylesheets.ts";

const folder = new URL("../../../static/styles/", import.meta.url);
const read = (name: string) => Deno.readTextFile(new URL(`${name}.css`, folder));
const [tokens, faces] = await Promise.all([read("tokens"), read("ui_panels")]);

/** The declarations of the first rule that `selector` begins. */
function declarations(selector: string): string[] {
  const start = tokens.indexOf(selector);
  assert(start >= 0, selector);
  const body = tokens.slice(start).match(/\{([^}]*)\}/)?.[1] ?? "";
  return body.split(";").map((line) => line.trim().replace(/\s+/g, " ")).filter((line) =>
    line !== ""
  );
}

Deno.test("the dark theme is the same whether the system or the person chose it", () => {
  const chosen = declarations(`:root[data-theme="dark"]`);
  assertEquals(chosen, ["color-scheme: dark", "--light:", "--dark: initial"]);
  assertEquals(declarations(`:root:not([data-theme="light"])`), chosen);
});

Deno.test("every colour that a theme changes is there for both of them", () => {
  const pairs = declarations(":root {").filter((line) => /var\(--(light|dark),/.test(line));
  assert(pairs.length > 20);
  for (const pair of pairs) {
    assert(/^--[\w-]+: var\(--light, [^ ].*\) var\(--dark, [^ ].*\)$/.test(pair), pair);
  }
});

Deno.test("every person hue has its colour", () => {
  for (let hue = 0; hue < hues; hue++) assert(faces.includes(`.hue-${hue} {`));
});

Deno.test("every sheet is part of what a page asks for, and every joined sheet is whole", async () => {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name.replace(/\.css$/, "")).sort();
  assertEquals([...new Set(Object.values(stylesheets).flat())].sort(), names);
  const joined = await joinStylesheets(new URL("..", folder).pathname);
  for (const [name, parts] of Object.entries(stylesheets)) {
    const texts = await Promise.all(parts.map(read));
    for (const text of texts) assert(joined.get(name)?.includes(text), name);
  }
});

/** Classes that two sheets style on purpose: a shared rule of small headings, and its own place. */
const sharedClasses = [
  ...[".chat-aim-words", ".chat-happened", ".chat-head", ".chat-private", ".file-line", ".inside"],
  ...[".invitation", ".menu-key", ".view-choice-title"],
];

Deno.test("two features do not give the same class different meanings", async () => {
  const sheets = new Map<string, Set<string>>();
  for (const { name } of Deno.readDirSync(folder)) {
    const text = (await Deno.readTextFile(new URL(name, folder))).replace(/\/\*.*?\*\//gs, "");
    // Rules of media queries are indented.
    for (const [, selectors = ""] of text.matchAll(/^([^\s{}@][^{}@]*)\{/gm)) {
      for (const selector of selectors.split(",").map((each) => each.trim())) {
        if (!/^\.[\w-]+$/.test(selector)) continue;
        sheets.set(selector, (sheets.get(selector) ?? new Set()).add(name));
      }
    }
  }
  const several = [...sheets].filter(([, names]) => names.size > 1).map(([selector]) => selector);
  assertEquals(several.sort(), sharedClasses);
});

Deno.test("styles fetch nothing", async () => {
  const joined = await joinStylesheets(new URL("..", folder).pathname);
  for (const [name, text] of joined) assertEquals(/url\(|@import/.test(text), false, name);
});
