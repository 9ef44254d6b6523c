import { assert, assertEquals } from "../../assert.ts";
import { hues } from "../../../app/ui/hue.ts";

const [styles, room, files, entering, stage] = await Promise.all(
  ["styles.css", "room.css", "files.css", "entering.css", "stage.css"].map((name) =>
    Deno.readTextFile(new URL(`../../../static/${name}`, import.meta.url))
  ),
);
assert(styles !== undefined && room !== undefined);

function tokens(selector: string): string[] {
  const start = styles?.indexOf(selector) ?? -1;
  assert(start >= 0, selector);
  const body = styles?.slice(start).match(/\{([^}]*)\}/)?.[1] ?? "";
  return body.split(";").map((line) => line.trim()).filter((line) => line !== "");
}

Deno.test("the dark theme is the same whether the system or the person chose it", () => {
  const chosen = tokens(`:root[data-theme="dark"]`);
  assert(chosen.length > 20);
  assertEquals(tokens(`:root:not([data-theme="light"])`), chosen);
});

Deno.test("every person hue has its colour", () => {
  for (let hue = 0; hue < hues; hue++) assert(room?.includes(`.hue-${hue} {`));
});

Deno.test("styles fetch nothing", () => {
  assertEquals(/url\(|@import/.test(`${styles}${room}${files}${entering}${stage}`), false);
});
