/**
 * Valid names of people and rooms, in Unicode NFC. Invisible characters stay only if they change
 * how their neighbours look, so that they cannot make two names that look the same.
 */
import { latePattern } from "./late_pattern.ts";
import { limits } from "./limits.ts";

// A combining mark may not start a name. Indic words need marks after a letter, Persian ones
// joiners.
const roomPattern = /^[\p{L}\p{N}_-][\p{L}\p{N}\p{M}\u200c\u200d_-]*$/u;
// Controls, line separators, and the bidirectional controls that let a name rewrite the text around
// it.
const forbidden = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
// As wide as a letter and empty: Hangul and Egyptian fillers, blank Braille, object placeholder,
// null note.
const empty = /[\u115f\u1160\u2800\u3164\uffa0\ufffc\u{13441}\u{13442}\u{1d159}]/gu;
const noWidth = "[\\p{DI}\\ufff9-\\ufffb]";
// Arabic, Syriac, Indic, Mongolian and the like: letters that take another shape beside a joiner.
const cursive = "[\\u0600-\\u0dff\\u0f00-\\u109f\\u1780-\\u18af\\u1a20-\\u1cff\\ua800-\\uabff" +
  "\\ufb50-\\ufdff\\ufe70-\\ufefc\\u{10a00}-\\u{11fff}\\u{1e900}-\\u{1e95f}]";
/**
 * Each alternative of the group is a place where a character without width changes what people see.
 */
const withoutWidth = latePattern(() =>
  new RegExp(
    `(${
      [
        `(?<=${cursive})[\\u200c\\u200d](?=${cursive})`,
        // Malayalam was long written with a joiner at the end of a word.
        "(?<=[\\u0900-\\u0dff])(?<=\\p{M})\\u200d",
        // Families, professions, the rainbow flag; pictures in colour or as text; keycaps; the flag
        // of Scotland.
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
  )
);
// Includes pictographs of later Unicode versions. Lone marks, private and unassigned characters may
// be invisible.
const visible = latePattern(() =>
  new RegExp(`(?!${noWidth})[\\p{L}\\p{N}\\p{P}\\p{S}\\p{ExtPict}]`, "u")
);

/** Longer texts are refused before they are examined. UTF-16 units. */
const mostRaw = 8 * limits.personName;

/** Number of Unicode code points in `text`. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/**
 * `text` in NFC without invisible characters; empty letters become spaces, outer spaces are
 * removed.
 */
export function withoutInvisible(text: string): string {
  const kept = text.normalize("NFC").replace(empty, " ").replace(withoutWidth(), "$1").trim();
  // A removed character changes the neighbours of others.
  return kept === text ? kept : withoutInvisible(kept);
}

/** Whether `text` has a visible character. */
export function isVisible(text: string): boolean {
  return visible().test(text.replace(empty, ""));
}

/**
 * The canonical room name; undefined if `text` is not 1 to 64 letters, digits, `-` or `_` of any
 * script.
 */
export function roomName(text: string): string | undefined {
  const name = text.normalize("NFC");
  return codePoints(name) <= limits.roomName && roomPattern.test(name) &&
      withoutInvisible(name) === name
    ? name
    : undefined;
}

/**
 * The canonical name of a person; undefined if `text` is invisible, longer than 32 code points, or
 * has control characters.
 */
export function personName(text: string): string | undefined {
  if (text.length > mostRaw || text.search(forbidden) !== -1) return undefined;
  const name = withoutInvisible(text);
  return codePoints(name) <= limits.personName && isVisible(name) ? name : undefined;
}

/**
 * The valid name nearest to a typed text or a name in a link; undefined if nothing visible is left.
 */
export function cleanPersonName(text: string): string | undefined {
  const kept = withoutInvisible(text.slice(0, mostRaw).replace(forbidden, " ")).replace(
    /\s+/gu,
    " ",
  );
  return personName([...kept].slice(0, limits.personName).join(""));
}
