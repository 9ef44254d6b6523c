/** What people and rooms may be called. Everything is compared and shown in Unicode NFC. */
import { limits } from "./limits.ts";

// A combining mark may not start a name, but most Indic words need them after a letter.
const roomPattern = /^[\p{L}\p{N}_-][\p{L}\p{N}\p{M}_-]*$/u;
// Controls, line separators, and the bidirectional controls that let a name rewrite the text around it.
const forbidden = /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Number of Unicode code points in `text`. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The canonical room name, or undefined when `text` cannot name a room: 1–64 letters, digits, `-` or `_` of any script. */
export function roomName(text: string): string | undefined {
  const name = text.normalize("NFC");
  return codePoints(name) <= limits.roomName && roomPattern.test(name) ? name : undefined;
}

/** The canonical person name, or undefined when it is empty, longer than 32 code points, or holds control characters. */
export function personName(text: string): string | undefined {
  const name = text.normalize("NFC").trim();
  const length = codePoints(name);
  if (length < 1 || length > limits.personName) return undefined;
  return name.search(forbidden) === -1 ? name : undefined;
}

/** The nearest valid person name to whatever someone typed or a link carried; undefined when nothing is left of it. */
export function cleanPersonName(text: string): string | undefined {
  const kept = text.normalize("NFC").replace(forbidden, " ").replace(/\s+/gu, " ").trim();
  return personName([...kept].slice(0, limits.personName).join(""));
}
