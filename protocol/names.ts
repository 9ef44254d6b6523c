/**
 * What people and rooms may be called. Everything is compared and shown in Unicode NFC. Characters that show nothing
 * never make a name, nor tell two names apart: they stay only where they change how their neighbours look.
 */
import { limits } from "./limits.ts";

// A combining mark may not start a name, but most Indic words need them after a letter, and Persian ones joiners.
const roomPattern = /^[\p{L}\p{N}_-][\p{L}\p{N}\p{M}\u200c\u200d_-]*$/u;
// Controls, line separators, and the bidirectional controls that let a name rewrite the text around it.
const forbidden = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
// As wide as a letter and empty: fillers of Hangul and Egyptian, blank Braille, a placeholder for objects, a null note.
const empty = /[\u115f\u1160\u2800\u3164\uffa0\ufffc\u{13441}\u{13442}\u{1d159}]/gu;
const noWidth = "[\\p{DI}\\ufff9-\\ufffb]";
// Arabic, Syriac, Indic, Mongolian and the like: letters that take another shape beside a joiner.
const cursive = "[\\u0600-\\u0dff\\u0f00-\\u109f\\u1780-\\u18af\\u1a20-\\u1cff\\ua800-\\uabff" +
  "\\ufb50-\\ufdff\\ufe70-\\ufefc\\u{10a00}-\\u{11fff}\\u{1e900}-\\u{1e95f}]";
/** Each alternative of the group is a place where a character without width changes what is seen. */
const withoutWidth = new RegExp(
  `(${
    [
      `(?<=${cursive})[\\u200c\\u200d](?=${cursive})`,
      // Malayalam was long written with a joiner at the end of a word.
      "(?<=[\\u0900-\\u0dff])(?<=\\p{M})\\u200d",
      // Families, professions, the rainbow flag; pictures in colour or as text; keycaps; the flag of Scotland.
      "(?<=\\p{ExtPict}\\ufe0f?\\p{EMod}?)\\u200d(?=\\p{ExtPict})",
      "(?<=(?![0-9#*])\\p{Emoji})[\\ufe0e\\ufe0f]",
      "(?<=[0-9#*])\\ufe0f(?=\\u20e3)",
      "\\u{1f3f4}[\\u{e0020}-\\u{e007e}]+\\u{e007f}",
      // Variants of Han, Mongolian and Burmese letters.
      "(?<=\\p{sc=Hani})[\\ufe00-\\ufe02\\u{e0100}-\\u{e01ef}]",
      "(?<=\\p{sc=Mong})[\\u180b-\\u180f]",
      "(?<=[\\p{sc=Mymr}\\p{sc=Phag}])\\ufe00",
      // Keeps Hebrew points in their order.
      "(?<=(?!\\p{DI})\\p{M})\\u034f(?=(?!\\p{DI})\\p{M})",
    ].join("|")
  })|${noWidth}`,
  "gu",
);
// Pictographs of a later Unicode count too. Marks alone, private and unassigned characters may show nothing anywhere.
const ink = new RegExp(`(?!${noWidth})[\\p{L}\\p{N}\\p{P}\\p{S}\\p{ExtPict}]`, "u");

/** A longer name is not looked at: nobody hides so much between the letters of a name. UTF-16 units. */
const mostRaw = 8 * limits.personName;

/** Number of Unicode code points in `text`. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** `text` in NFC without characters that show nothing: empty letters become spaces, and spaces at the ends go. */
export function legible(text: string): string {
  const kept = text.normalize("NFC").replace(empty, " ").replace(withoutWidth, "$1").trim();
  // Removing a character gives others a new neighbour.
  return kept === text ? kept : legible(kept);
}

/** Whether anything of `text` can be seen. */
export function hasInk(text: string): boolean {
  return ink.test(text.replace(empty, ""));
}

/** The canonical room name, or undefined when `text` cannot name a room: 1–64 letters, digits, `-` or `_` of any script. */
export function roomName(text: string): string | undefined {
  const name = text.normalize("NFC");
  return codePoints(name) <= limits.roomName && roomPattern.test(name) && legible(name) === name
    ? name
    : undefined;
}

/** The canonical person name, or undefined when it shows nothing, is longer than 32 code points, or holds control characters. */
export function personName(text: string): string | undefined {
  if (text.length > mostRaw || text.search(forbidden) !== -1) return undefined;
  const name = legible(text);
  return codePoints(name) <= limits.personName && hasInk(name) ? name : undefined;
}

/** The nearest valid person name to whatever someone typed or a link carried; undefined when nothing is left of it. */
export function cleanPersonName(text: string): string | undefined {
  const kept = legible(text.slice(0, mostRaw).replace(forbidden, " ")).replace(/\s+/gu, " ");
  return personName([...kept].slice(0, limits.personName).join(""));
}
