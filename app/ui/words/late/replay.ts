/** Words about replays, in every language; see late_words.ts. */
import { replay as en } from "./en_replay.ts";
import type { Words } from "./mod.ts";
import { replay as zh } from "./zh_replay.ts";

/** The words of one language. */
export type ReplayWords = typeof en;

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, ReplayWords>> = { "en-GB": en, "zh-CN": zh };

/** These words in the language of the others. */
export function replayWordsOf({ common: { locale } }: Pick<Words, "common">): ReplayWords {
  return byLocale[locale] ?? en;
}
