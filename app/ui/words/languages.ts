/** The languages of the pages. */

/**
 * Each language's name for itself. The keys are BCP 47 tags, for `<html lang>`, and the first is
 * the default.
 */
export const languageNames = {
  "en": "English",
  "zh-CN": "简体中文",
  "es": "Español",
  "fr": "Français",
  "de": "Deutsch",
  "ja": "日本語",
  "pt-BR": "Português (Brasil)",
  "ar": "العربية",
};

/** A language of the pages; also the value of `<html lang>`. */
export type Language = keyof typeof languageNames;

/** All languages, the default first. */
export const languages: readonly Language[] = Object.keys(languageNames).filter(isLanguage);

/** Whether `text` names a language of the pages. */
export function isLanguage(text: unknown): text is Language {
  return typeof text === "string" && Object.hasOwn(languageNames, text);
}

/** The direction that a language is written in; also the value of `<html dir>`. */
export function directionOf(language: Language): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}
