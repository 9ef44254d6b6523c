/** The words that no other page has. */
import { useWords } from "../ui/words.ts";
import type { Words } from "../ui/words/mod.ts";

/** The home page's own words. */
export function useHomeWords(): NonNullable<Words["home"]> {
  const { home } = useWords();
  if (home === undefined) throw new Error("useHomeWords: this page has no words of the home page");
  return home;
}
