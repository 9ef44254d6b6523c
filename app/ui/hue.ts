/** A colour for each person, the same in every browser of the room. Pure. */
import { attempt } from "../../protocol/attempt.ts";

/** How many person hues static/styles/ui_panels.css holds, `.hue-0` and up. */
export const hues = 9;

/** The hue class of a peer. */
export function hueClass(peerId: string): string {
  return `hue-${hueOf(peerId)}`;
}

/** The number of a peer's hue, 0 and up. */
export function hueOf(peerId: string): number {
  // FNV-1a: short, and ids that differ in one digit land far apart.
  let hash = 0x811c9dc5;
  for (const letter of peerId) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) % hues;
}

/** What an avatar shows: the first letter a reader would count, capital. */
export function initialOf(name: string): string {
  // Older browsers cannot tell letters apart that are made of several.
  const [first] = attempt(() => [...new Intl.Segmenter().segment(name)]) ?? [];
  return (first?.segment ?? [...name][0] ?? "").toLocaleUpperCase();
}
