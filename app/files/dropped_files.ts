/**
 * What a paste or a drop brings. Invariants: where a field takes text and there is text, the text wins, whatever
 * pictures of it come along; a field of one line never takes files, for it may hold a password.
 */

import { attempt } from "../ui/this_browser.ts";

/** Files, and the names of folders, which only look like files. */
export interface Brought {
  readonly files: readonly File[];
  readonly folders: readonly string[];
}

const fields =
  "textarea, input:not([type=checkbox], [type=radio], [type=range]), [contenteditable]";

/** What the page takes of it, read before the browser takes it back; undefined: it is the browser's, or the field's. */
export function broughtTo(target: EventTarget | null, data: DataTransfer): Brought | undefined {
  const files: File[] = [];
  const folders: string[] = [];
  for (const item of data.items) {
    if (item.kind !== "file") continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry?.isDirectory) folders.push(entry.name);
    else if (file !== null) files.push(file);
  }
  const names = [...files.map(({ name }) => name), ...folders];
  if (names.length === 0) return undefined;
  const field = fieldAt(target);
  if (field !== null && isText(data.getData("text/plain"), names)) return undefined;
  return field?.tagName === "INPUT" ? { files: [], folders: [] } : { files, folders };
}

/** Whether what hovers here would be text when it is let go; what the text is, nobody is told before. */
export function mayBeText({ target, dataTransfer }: DragEvent): boolean {
  return fieldAt(target) !== null && dataTransfer?.types.includes("text/plain") === true;
}

function fieldAt(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest(fields) : null;
}

/** Some file managers give the names or addresses of the files as text: then the files are meant. */
function isText(text: string, names: readonly string[]): boolean {
  const known = names.map((name) => name.normalize());
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  return lines.some((line) => {
    const last = line.trim().replace(/^.*[\\/]/, "").normalize();
    // An address escapes what its file manager likes to; a mere name may hold a % that escapes nothing.
    const unescaped = attempt(() => decodeURIComponent(last).normalize());
    return !known.includes(last) && !known.includes(unescaped ?? last);
  });
}
