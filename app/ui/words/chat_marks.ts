/** The words of what a chat has besides its lines, in every language; see late_words.ts. */
import { chatMarks as en } from "./en_chat_marks.ts";
import type { Words } from "./mod.ts";
import { chatMarks as zh } from "./zh_chat_marks.ts";

/** The words of one language. */
export type ChatMarkWords = typeof en;

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, ChatMarkWords>> = { "en-GB": en, "zh-CN": zh };

/** These words in the language of the others. */
export function chatMarkWordsOf({ common: { locale } }: Pick<Words, "common">): ChatMarkWords {
  return byLocale[locale] ?? en;
}
