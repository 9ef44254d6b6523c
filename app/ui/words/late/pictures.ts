/** Words about received pictures, in every language; see late_words.ts. */
import { pictures as en } from "./en_pictures.ts";
import type { Words } from "./mod.ts";
import { pictures as zh } from "./zh_pictures.ts";

/** The words of one language. */
export type PictureWords = typeof en;

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, PictureWords>> = { "en-GB": en, "zh-CN": zh };

/** These words in the language of the others. */
export function pictureWordsOf({ common: { locale } }: Pick<Words, "common">): PictureWords {
  return byLocale[locale] ?? en;
}
