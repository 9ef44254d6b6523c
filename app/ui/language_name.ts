import type { Language } from "./words/languages.ts";

/** A language's name for itself, as a title: CLDR writes most of them in lower case. */
export function languageName(language: Language): string {
  // People look for the script, not for the country.
  const wanted = language === "zh-CN" ? "zh-Hans" : language;
  const name = new Intl.DisplayNames(language, { type: "language" }).of(wanted) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}
