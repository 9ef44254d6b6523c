/** The languages that a person can be said to speak. */

/** BCP 47 tags, as recognisers know them. */
export const spokenLanguages: readonly string[] = [
  "en-US",
  "zh-CN",
  "de-DE",
  "es-ES",
  "fr-FR",
  "hi-IN",
  "id-ID",
  "it-IT",
  "ja-JP",
  "ko-KR",
  "pl-PL",
  "pt-BR",
  "ru-RU",
  "th-TH",
  "tr-TR",
  "vi-VN",
  "zh-TW",
];

/** The language to begin with: that of the interface, a BCP 47 tag. */
export function spokenLanguage(interfaceLanguage: string): string {
  const [base] = interfaceLanguage.split("-");
  return spokenLanguages.find((tag) => tag === interfaceLanguage) ??
    spokenLanguages.find((tag) => tag.split("-")[0] === base) ?? "en-US";
}

/** A language's name in the language of the interface. */
export function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
