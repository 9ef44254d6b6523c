/** Finds lines by their words. Pure. */
import type { ChatEntry, LineEntry } from "../chat_entries.ts";

/** The lines that hold all words of a query, in any order, the oldest first; none for no words. */
export function searchLines(entries: readonly ChatEntry[], query: string): LineEntry[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  return entries.filter((entry): entry is LineEntry => {
    if (entry.kind !== "line" || entry.version === "deleted") return false;
    const text = folded(`${entry.name}\n${entry.text}`);
    return words.every((word) => text.includes(word));
  });
}

/** The words of a query as they are compared. */
export function wordsOf(query: string): string[] {
  return folded(query).split(/\s+/u).filter((word) => word !== "");
}

/** Without case, accents and width: "Café" is found by "cafe". */
export function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
