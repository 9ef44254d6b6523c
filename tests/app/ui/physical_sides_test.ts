// A page written from right to left is the mirror image of the others, but for what is named here.

import { assertEquals } from "../../assert.ts";
import { directionOf, languages } from "../../../app/ui/words/languages.ts";

const styles = new URL("../../../static/styles/", import.meta.url);

/** Sheets of the stage, whose tiles a script places from the left; see stage.css. */
const physical = new Set(["stage.css", "stage_keys.css"]);
/** Declarations elsewhere: what is centred, the edges of the screen, what follows the inset. */
const allowed = [
  /^left: 50%$/,
  /^padding-(left|right): max\(\d+px, env\(safe-area-inset-(left|right)\)\)$/,
  /^right: 8px$/,
];

/** The declarations of a sheet that name a side. */
function sidesIn(css: string): string[] {
  return css.replaceAll(/\/\*[^]*?\*\//g, "").split(/[{};]/).map((text) => text.trim())
    .filter((text) => /^[\w-]+:/.test(text))
    .filter((text) => /\b(left|right)\b/.test(text.replace(/^--[\w-]+:/, "")));
}

Deno.test("stylesheets name no side, but for what is physical", () => {
  const found = [...Deno.readDirSync(styles)].filter(({ name }) => !physical.has(name))
    .flatMap(({ name }) =>
      sidesIn(Deno.readTextFileSync(new URL(name, styles)))
        .filter((text) => !allowed.some((each) => each.test(text)))
        .map((text) => `${name}: ${text}`)
    );
  assertEquals(found, []);
});

Deno.test("a side is found in a declaration, and not in a selector or a comment", () => {
  assertEquals(
    sidesIn("/* left: 0; */ .left { margin-left: 4px; text-align: right; } .a:dir(rtl) { top: 0 }"),
    ["margin-left: 4px", "text-align: right"],
  );
});

Deno.test("Arabic is written from the right, the others from the left", () => {
  assertEquals(languages.filter((language) => directionOf(language) === "rtl"), ["ar"]);
});
