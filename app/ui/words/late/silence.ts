/** Words about a microphone that gives nothing, in every language; see late_words.ts. */
import { silence as en } from "./en_silence.ts";
import type { Words } from "./mod.ts";
import { silence as zh } from "./zh_silence.ts";

/** The words of one language. */
export type SilenceWords = typeof en;

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, SilenceWords>> = { "en-GB": en, "zh-CN": zh };

/** These words in the language of the others. */
export function silenceWordsOf({ common: { locale } }: Pick<Words, "common">): SilenceWords {
  return byLocale[locale] ?? en;
}
