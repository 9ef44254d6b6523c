/** Words that no first view shows, in the language of the page. */
import { useWords } from "./words.ts";
import { type LateWords, lateWordsOf } from "./words/late/trust.ts";

/** Only for views that are loaded late; see words/late/late_catalogue.ts. */
export function useLateWords(): LateWords {
  return lateWordsOf(useWords());
}
