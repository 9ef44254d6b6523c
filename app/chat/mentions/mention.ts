/** Finds @names in a text. Pure. */

/** A run of text; `name`: it mentions this person. */
export interface MentionPart {
  readonly text: string;
  readonly name?: string;
}

const word = /[\p{L}\p{N}_]/u;
/** Chinese and Japanese have no blanks between words, so the text goes on after the name. */
const unspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u;

/**
 * Splits a text at the mentions of `names`, the longest name first. A mention begins a word, so
 * that an address such as ann@bob.example mentions nobody.
 */
export function mentionParts(text: string, names: readonly string[]): MentionPart[] {
  const parts: MentionPart[] = [];
  const byLength = names.filter((name) => name !== "").toSorted((a, b) => b.length - a.length);
  let end = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", Math.max(at + 1, end))) {
    const name = isWord(text.slice(0, at), -1)
      ? undefined
      : byLength.find((name) => isNameAt(text, { at: at + 1, name }));
    if (name === undefined) continue;
    if (at > end) parts.push({ text: text.slice(end, at) });
    end = at + 1 + name.length;
    parts.push({ text: text.slice(at, end), name });
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Whether a text mentions this person. */
export function isMentioned(text: string, name: string): boolean {
  return mentionParts(text, [name]).some((part) => part.name === name);
}

function isNameAt(text: string, { at, name }: { at: number; name: string }): boolean {
  const found = text.slice(at, at + name.length);
  return found.toLowerCase() === name.toLowerCase() && !isWord(text.slice(at + name.length), 0);
}

/** Whether the first (0) or last (-1) sign of a text is of a word. */
function isWord(text: string, at: 0 | -1): boolean {
  const sign = at === 0 ? [...text.slice(0, 2)][0] : [...text.slice(-2)].at(-1);
  return sign !== undefined && word.test(sign) && !unspaced.test(sign);
}
