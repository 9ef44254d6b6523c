/** The words of doorbells, in every language; see late_words.ts. */
import { doorbell as en } from "./en_doorbell.ts";
import type { Words } from "./mod.ts";
import { doorbell as zh } from "./zh_doorbell.ts";

/** The words of one language. */
export type DoorbellWords = typeof en;

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, DoorbellWords>> = { "en-GB": en, "zh-CN": zh };

/** These words in the language of the others. */
export function doorbellWordsOf({ common: { locale } }: Pick<Words, "common">): DoorbellWords {
  return byLocale[locale] ?? en;
}
