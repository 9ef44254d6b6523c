/** The languages of the pages. */

/**
 * Each language's name for itself. The keys are BCP 47 tags, for `<html lang>`, and the first is
 * the default.
 */
export const languageNames = {
  "en": "English",
  "zh-CN": "简体中文",
};

/** A language of the pages; also the value of `<html lang>`. */
export type Language = keyof typeof languageNames;

/** All languages, the default first. */
export const languages: readonly Language[] = Object.keys(languageNames).filter(isLanguage);

/** Whether `text` names a language of the pages. */
export function isLanguage(text: unknown): text is Language {
  return typeof text === "string" && Object.hasOwn(languageNames, text);
}
