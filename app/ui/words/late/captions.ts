/** The words of captions, in every language; see late_words.ts. */
import { captions as en } from "./en_captions.ts";
import type { Words } from "./mod.ts";
import { captions as zh } from "./zh_captions.ts";

/** The words of one language. */
export type CaptionWords = typeof en;

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, CaptionWords>> = { "en-GB": en, "zh-CN": zh };

/** These words in the language of the others. */
export function captionWordsOf({ common: { locale } }: Pick<Words, "common">): CaptionWords {
  return byLocale[locale] ?? en;
}
