/** Words about the removal of noise, in every language; see late_words.ts. */
import { noise as en } from "./en_noise.ts";
import type { Words } from "./mod.ts";
import { noise as zh } from "./zh_noise.ts";

/** The words of one language. */
export type NoiseWords = typeof en;

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, NoiseWords>> = { "en-GB": en, "zh-CN": zh };

/** These words in the language of the others. */
export function noiseWordsOf({ common: { locale } }: Pick<Words, "common">): NoiseWords {
  return byLocale[locale] ?? en;
}
