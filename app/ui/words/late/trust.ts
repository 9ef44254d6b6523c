/**
 * Words that no first view shows, in every language. They come with the late code of the features
 * that use them, because the words in the page must fit into the first flight of its response.
 */
import { program as enProgram, trust as enTrust } from "./en_trust.ts";
import type { Words } from "./mod.ts";
import { program as zhProgram, trust as zhTrust } from "./zh_trust.ts";

/** The late words of one language. */
export interface LateWords {
  readonly trust: typeof enTrust;
  readonly program: typeof enProgram;
}

const en: LateWords = { trust: enTrust, program: enProgram };
const zh: LateWords = { trust: zhTrust, program: zhProgram };

/** By the `common.locale` of the other words. */
const byLocale: Readonly<Record<string, LateWords>> = {
  "en-GB": { trust: en.trust, program: en.program },
  "zh-CN": { trust: zh.trust, program: zh.program },
};

/** The late words in the language of the others. */
export function lateWordsOf({ common: { locale } }: Pick<Words, "common">): LateWords {
  return byLocale[locale] ?? { trust: en.trust, program: en.program };
}
