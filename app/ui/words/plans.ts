/** The words of planned rooms, in every language; see late_words.ts. */
import { plans as en } from "./en_plans.ts";
import type { Words } from "./mod.ts";
import { plans as zh } from "./zh_plans.ts";

/** The words of one language. */
export type PlanWords = typeof en;

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, PlanWords>> = { "en-GB": en, "zh-CN": zh };

/** These words in the language of the others. */
export function planWordsOf({ common: { locale } }: Pick<Words, "common">): PlanWords {
  return byLocale[locale] ?? en;
}
