/**
 * Makes offered file names safe to show and to write. Invariants: a result is never empty and never
 * a path, has at most 255 bytes and is valid on Windows, macOS and Linux; a safe name stays as it
 * is.
 */
import { attempt } from "../../protocol/attempt.ts";
import { isVisible, withoutInvisible } from "../../protocol/names.ts";

const nameBytes = 255;
const extensionBytes = 32;
const fallback = "file";

// Controls and line separators; withoutInvisible() removes bidirectional controls.
const controls = /[\p{Cc}\u2028\u2029]/gu;
const forbidden = /[<>:"|?*]/g;
// Windows opens a device for these names, with any extension.
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\.|$)/iu;

/** The safe name nearest to an offered one. */
export function safeFileName(raw: string): string {
  const whole = withoutInvisible(raw.toWellFormed().replace(controls, ""));
  const last = whole.split(/[/\\]/).findLast((part) => trimmed(part) !== "") ?? "";
  const name = trimmed(last.replace(forbidden, "_").replace(/\s/gu, " "));
  if (!isVisible(name)) return fallback;
  return shortened(reserved.test(name) ? `_${name}` : name);
}

/** Leading dots hide a file; Windows drops trailing dots and spaces. */
function trimmed(name: string): string {
  return name.replace(/^[\s.]+|[\s.]+$/gu, "");
}

function shortened(name: string): string {
  if (byteLength(name) <= nameBytes) return name;
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 && byteLength(name.slice(dot)) <= extensionBytes ? name.slice(dot) : "";
  const room = nameBytes - byteLength(extension);
  const stem = name.slice(0, name.length - extension.length);
  return trimmed(cut(stem, room)) + extension;
}

/** As many whole characters as fit into `room` bytes. */
function cut(text: string, room: number): string {
  let kept = "";
  let used = 0;
  for (const segment of letters(text)) {
    used += byteLength(segment);
    if (used > room) break;
    kept += segment;
  }
  // A single character of more than 255 bytes is not a name.
  return kept === "" ? fallback : kept;
}

/** Characters as people see them; code points if the browser cannot segment text. */
function letters(text: string): string[] {
  return attempt(() => [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)) ??
    [...text];
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
