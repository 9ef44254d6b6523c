/** Words about shared screens that end, in every language; see late_words.ts. */
import { screenEnd as en } from "./en_screen_end.ts";
import type { Words } from "./mod.ts";
import { screenEnd as zh } from "./zh_screen_end.ts";

/** The words of one language. */
export type ScreenEndWords = typeof en;

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, ScreenEndWords>> = { "en-GB": en, "zh-CN": zh };

/** These words in the language of the others. */
export function screenEndWordsOf({ common: { locale } }: Pick<Words, "common">): ScreenEndWords {
  return byLocale[locale] ?? en;
}
