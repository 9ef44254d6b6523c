/** The words of shared files, in every language; see late_words.ts. */
import { shares as en } from "./en_shares.ts";
import type { Words } from "./mod.ts";
import { shares as zh } from "./zh_shares.ts";

/** The words of one language. */
export type ShareWords = typeof en;

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, ShareWords>> = { "en-GB": en, "zh-CN": zh };

/** These words in the language of the others. */
export function shareWordsOf({ common: { locale } }: Pick<Words, "common">): ShareWords {
  return byLocale[locale] ?? en;
}
