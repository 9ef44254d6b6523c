/** All languages. A new one is a file like zh.ts and a line in `catalogues`. */
import { en } from "./en.ts";
import { zh } from "./zh.ts";

/** Everything the pages say, in one language. */
export type Words = typeof en;

// The keys are BCP 47 tags, ready for `<html lang>` and Intl.
const catalogues = { en, "zh-CN": zh } satisfies Record<string, Words>;

/** A language the pages speak; also the value of `<html lang>`. */
export type Language = keyof typeof catalogues;

/** All languages, the default first. */
export const languages: readonly Language[] = Object.keys(catalogues).filter(isLanguage);

/** Whether `text` names a language of the catalogue. */
export function isLanguage(text: unknown): text is Language {
  return typeof text === "string" && Object.hasOwn(catalogues, text);
}

/** The words of a language. */
export function wordsOf(language: Language): Words {
  return catalogues[language];
}
