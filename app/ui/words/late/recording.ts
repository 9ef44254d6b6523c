/** The words of recordings, which come with the code that shows them. */
import { recording as en } from "./en_recording.ts";
import type { Words } from "./mod.ts";
import { recording as zh } from "./zh_recording.ts";

/** The words of one language. */
export type RecordingWords = typeof en;

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, RecordingWords>> = { "en-GB": en, "zh-CN": zh };

/** Those in the language of the others. */
export function recordingWordsOf({ common: { locale } }: Pick<Words, "common">): RecordingWords {
  return byLocale[locale] ?? en;
}
