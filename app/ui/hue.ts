/** A hue for each person, the same in every browser. Pure. */
import { attempt } from "../../protocol/attempt.ts";

/** How many person hues static/styles/ui_panels.css holds, `.hue-0` and up. */
export const hues = 9;

/** The hue class of a peer. */
export function hueClass(peerId: string): string {
  return `hue-${hueOf(peerId)}`;
}

/** The number of a peer's hue, 0 and up. */
export function hueOf(peerId: string): number {
  // FNV-1a: short, and similar ids get distant values.
  let hash = 0x811c9dc5;
  for (const letter of peerId) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % hues;
}

/** An avatar's initial: the first grapheme, in upper case. */
export function initialOf(name: string): string {
  // Older browsers cannot split text into graphemes.
  const [first] = attempt(() => [...new Intl.Segmenter().segment(name)]) ?? [];
  return (first?.segment ?? [...name][0] ?? "").toLocaleUpperCase();
}
