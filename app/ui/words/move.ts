/** The words of moving the call, in every language; see late_words.ts. */
import { move as en } from "./en_move.ts";
import type { Words } from "./mod.ts";
import { move as zh } from "./zh_move.ts";

/** The words of one language. */
export type MoveWords = typeof en;

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, MoveWords>> = { "en-GB": en, "zh-CN": zh };

/** These words in the language of the others. */
export function moveWordsOf({ common: { locale } }: Pick<Words, "common">): MoveWords {
  return byLocale[locale] ?? en;
}
