/** The words of what owners do to one person, in every language; see late_words.ts. */
import { powers as en } from "./en_powers.ts";
import type { Words } from "./mod.ts";
import { powers as zh } from "./zh_powers.ts";

/** The words of one language. */
export type PowerWords = typeof en;

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, PowerWords>> = { "en-GB": en, "zh-CN": zh };

/** These words in the language of the others. */
export function powerWordsOf({ common: { locale } }: Pick<Words, "common">): PowerWords {
  return byLocale[locale] ?? en;
}
