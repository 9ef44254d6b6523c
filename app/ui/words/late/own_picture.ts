/** Words about the own picture, in every language; see late_words.ts. */
import { picture as en } from "./en_own_picture.ts";
import type { Words } from "./mod.ts";
import { picture as zh } from "./zh_own_picture.ts";

/** The words of one language. */
export type OwnPictureWords = typeof en;

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, OwnPictureWords>> = { "en-GB": en, "zh-CN": zh };

/** These words in the language of the others. */
export function ownPictureWordsOf(
  { common: { locale } }: Pick<Words, "common">,
): OwnPictureWords {
  return byLocale[locale] ?? en;
}
