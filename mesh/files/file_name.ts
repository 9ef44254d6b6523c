/**
 * File names as they may be shown and written, whatever was offered. Invariants: never empty, never
 * a path, at most
 * 255 bytes, allowed on Windows, macOS and Linux alike, and safe names stay as they are.
 */
import { attempt } from "../../protocol/attempt.ts";
import { isVisible, withoutInvisible } from "../../protocol/names.ts";

const nameBytes = 255;
const extensionBytes = 32;
const fallback = "file";

// Controls and separators of lines; bidirectional controls go with all else that shows nothing.
const controls = /[\p{Cc}\u2028\u2029]/gu;
const forbidden = /[<>:"|?*]/g;
// Windows opens a device for these, whatever extension follows.
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\.|$)/iu;

/** The nearest safe name to whatever somebody offered. */
export function safeFileName(raw: string): string {
  const whole = withoutInvisible(raw.toWellFormed().replace(controls, ""));
  const last = whole.split(/[/\\]/).findLast((part) => trimmed(part) !== "") ?? "";
  const name = trimmed(last.replace(forbidden, "_").replace(/\s/gu, " "));
  if (!isVisible(name)) return fallback;
  return shortened(reserved.test(name) ? `_${name}` : name);
}

/** Dots in front hide a file, dots and spaces behind are dropped by Windows. */
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

/** As many whole characters, as people see them, as fit. */
function cut(text: string, room: number): string {
  let kept = "";
  let used = 0;
  for (const segment of letters(text)) {
    used += byteLength(segment);
    if (used > room) break;
    kept += segment;
  }
  // One character of more than 255 bytes is no character.
  return kept === "" ? fallback : kept;
}

/** Characters as people see them; code points where the browser cannot tell. */
function letters(text: string): string[] {
  return attempt(() => [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment)) ??
    [...text];
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
