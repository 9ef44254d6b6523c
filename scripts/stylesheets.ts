/**
 * Joins the sheets of `static/styles/`, one for each feature, into one for each page. The order is
 * the cascade: what all pages share, what several features share, the features.
 */

import { join } from "node:path";
import * as esbuild from "npm:esbuild@0.28.2";

/** What every page needs. */
const common = ["tokens", "base", "ui", "ui_header", "end"];

/** The sheets in `static/` by name, each with its parts in `static/styles/` in order. */
export const stylesheets: Readonly<Record<string, readonly string[]>> = {
  /** For the home page, a notice and the offline page. */
  styles: [...common, "home", "plans"],
  /** For the room, from the page before joining to the last page. */
  room: [
    ...common,
    ...["ui_stage", "enter", "enter_inside", "ui_panels", "ui_menus", "ui_dialogs"],
    ...["room_bar", "room_more", "room", "stage", "chat", "chat_line", "links", "links_overlay"],
    ...["files", "talk", "devices", "stage_keys", "stage_window"],
  ],
  /** For what comes after the first pictures; app/ui/late_sheet.ts loads it. */
  room_late: [
    "people",
    "people_invitation",
    "trust",
    "trust_words",
    "program",
    "stage_pictures",
    "recording",
    "captions",
    "move",
    "reserved",
    "chat_marks",
  ],
  /** For `/admin` and `/doctor`. */
  desk: [...common, "ui_dialogs", "doctor", "admin"],
};

/** The text of each joined sheet by its name; `folder` is `static/`. */
export async function joinStylesheets(folder: string): Promise<Map<string, string>> {
  const joined = new Map<string, string>();
  for (const [name, parts] of Object.entries(stylesheets)) {
    const texts = parts.map((part) => Deno.readTextFile(join(folder, "styles", `${part}.css`)));
    joined.set(name, (await Promise.all(texts)).join("\n"));
  }
  return joined;
}

/** The same without comments and spaces: a quarter smaller, also when compressed. */
export async function minifyStylesheets(
  joined: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const minify = async (text: string) =>
    (await esbuild.transform(text, { loader: "css", minify: true })).code;
  const entries = [...joined].map(async ([name, text]) => [name, await minify(text)] as const);
  // The esbuild process would keep this process alive.
  return new Map(await Promise.all(entries).finally(() => esbuild.stop()));
}
