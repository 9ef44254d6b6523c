/**
 * The contents of a paste or a drop. Invariants: in a text field, text wins over pictures of it; a
 * single-line field never takes files, because it may hold a password.
 */

import type { Call } from "../call/mod.ts";
import type { DroppedFiles } from "./files_store.ts";
import { attempt } from "../ui/this_browser.ts";

const fields =
  "textarea, input:not([type=checkbox], [type=radio], [type=range]), [contenteditable]";

/**
 * The files for the page, read during the event; undefined: the browser or the field handles it.
 */
export function readDropped(
  target: EventTarget | null,
  data: DataTransfer,
): DroppedFiles | undefined {
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

/** Whether there is nothing to send or to report. */
export function isEmpty({ files, folders }: DroppedFiles): boolean {
  return files.length + folders.length === 0;
}

/** Adds picked, dropped or pasted files to those the person can offer. */
export function addFiles(call: Call, dropped: DroppedFiles): void {
  if (isEmpty(dropped)) return;
  const isReserved = !call.owners.may("files");
  void call.files.ready().then((store) => store.add(dropped, isReserved));
}

/** Whether the dragged data may be text; its content is unknown before the drop. */
export function mayBeText({ target, dataTransfer }: DragEvent): boolean {
  return fieldAt(target) !== null && dataTransfer?.types.includes("text/plain") === true;
}

function fieldAt(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest(fields) : null;
}

/** Some file managers add names or addresses as text; then the files are meant. */
function isText(text: string, names: readonly string[]): boolean {
  const known = names.map((name) => name.normalize());
  const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== "");
  return lines.some((line) => {
    const last = line.trim().replace(/^.*[\\/]/, "").normalize();
    // File managers escape addresses differently; a plain name may hold a % that escapes nothing.
    const unescaped = attempt(() => decodeURIComponent(last).normalize());
    return !known.includes(last) && !known.includes(unescaped ?? last);
  });
}
