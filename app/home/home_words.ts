/** The words that no other page has. */
import { useWords } from "../ui/words.ts";
import { ownWords, type Words } from "../ui/words/mod.ts";

/** The home page's own words. */
export function useHomeWords(): NonNullable<Words["home"]> {
  return ownWords(useWords(), "home");
}
