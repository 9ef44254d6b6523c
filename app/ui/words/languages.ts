/** The languages of the pages. */

/** Their BCP 47 tags, for `<html lang>`; the first is the default. */
export const languages = ["en", "zh-CN", "es", "fr", "de", "ja", "pt-BR", "ar"] as const;

/** A language of the pages; also the value of `<html lang>`. */
export type Language = typeof languages[number];

/** Whether `text` names a language of the pages. */
export function isLanguage(text: unknown): text is Language {
  return languages.some((language) => language === text);
}

/** The direction that a language is written in; also the value of `<html dir>`. */
export function directionOf(language: Language): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}
