/**
 * File names as they may be shown and written, whatever was offered. Invariants: never empty, never a path, at most
 * 255 bytes, allowed on Windows, macOS and Linux alike, and safe names stay as they are.
 */

const nameBytes = 255;
const extensionBytes = 32;
const fallback = "file";

// Controls, separators of lines, bidirectional controls, the byte order mark, and tags that nobody sees.
const invisible =
  /[\p{Cc}\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const forbidden = /[<>:"|?*]/g;
// Windows opens a device for these, whatever extension follows.
const reserved = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\.|$)/iu;

/** The nearest safe name to whatever somebody offered. */
export function safeFileName(raw: string): string {
  const whole = raw.toWellFormed().normalize("NFC").replace(invisible, "");
  const last = whole.split(/[/\\]/).findLast((part) => trimmed(part) !== "") ?? "";
  const name = trimmed(last.replace(forbidden, "_").replace(/\s/gu, " "));
  if (name === "") return fallback;
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
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += byteLength(segment);
    if (used > room) break;
    kept += segment;
  }
  // One character of more than 255 bytes is no character.
  return kept === "" ? fallback : kept;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
