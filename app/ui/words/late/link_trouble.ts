/** Words about links that lead nowhere, in every language; see late_words.ts. */
import { linkTrouble as en } from "./en_link_trouble.ts";
import type { Words } from "./mod.ts";
import { linkTrouble as zh } from "./zh_link_trouble.ts";

/** The words of one language. */
export type LinkTroubleWords = typeof en;

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, LinkTroubleWords>> = { "en-GB": en, "zh-CN": zh };

/** These words in the language of the others. */
export function linkTroubleOf({ common: { locale } }: Pick<Words, "common">): LinkTroubleWords {
  return byLocale[locale] ?? en;
}
