/**
 * Joins the sheets of `static/styles/`, one for each feature, into the few that pages request. The
 * order is the cascade: what all pages share, what several features share, the features.
 */

import { join } from "node:path";

/** The sheets in `static/` by name, each with its parts in `static/styles/` in order. */
export const stylesheets: Readonly<Record<string, readonly string[]>> = {
  /** For every page: all that the home page, a notice and the offline page need. */
  styles: ["tokens", "base", "ui", "home", "end"],
  /** For the room, from the page before joining to the last page. */
  room: [
    ...["ui_stage", "enter", "ui_panels", "ui_menus", "ui_dialogs"],
    ...["room_bar", "room_more", "room", "stage", "chat", "chat_line", "links", "links_overlay"],
    ...["files", "talk", "devices", "stage_keys", "stage_window", "people", "people_invitation"],
  ],
  /** For `/admin` and `/doctor`. */
  desk: ["ui_dialogs", "doctor", "admin"],
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
