/**
 * All languages. A new one is a file like zh.ts and a line in lazy.ts. The server has every
 * language and writes the page's own into the page; a browser loads another one when a person
 * chooses it. No script holds words, but those of the two pages that bring their own (admin.ts,
 * doctor.ts).
 */
import type { Words as AllWords } from "./en.ts";
import { catalogues } from "./lazy.ts";

/** The words of a page; only the home page has its own. */
export type Words = Omit<AllWords, "home"> & Partial<Pick<AllWords, "home">>;

/** A language of the pages; also the value of `<html lang>`. */
export type Language = keyof typeof catalogues;

/** All languages, the default first. */
export const languages: readonly Language[] = Object.keys(catalogues).filter(isLanguage);

/** The id of the element that holds the page's words as JSON, with their language in `lang`. */
export const wordsId = "words";

const loaded = new Map<Language, Words>();

/** Whether `text` names a language of the catalogue. */
export function isLanguage(text: unknown): text is Language {
  return typeof text === "string" && Object.hasOwn(catalogues, text);
}

/** The words of a language, or of a loaded one until then. Throws if none is loaded. */
export function wordsOf(language: Language): Words {
  const [words = loaded.values().next().value] = [loaded.get(language)];
  if (words === undefined) throw new Error(`wordsOf("${language}"): no language is loaded`);
  return words;
}

/** Loads a language if needed; returns a loaded one if that fails. */
export async function loadWords(language: Language): Promise<Words> {
  try {
    if (!loaded.has(language)) loaded.set(language, await catalogues[language]());
  } catch {
    // The network is down: other words are better than none.
  }
  return wordsOf(language);
}

function takeFromPage(): void {
  const carrier = document.getElementById(wordsId);
  const words: unknown = JSON.parse(carrier?.textContent ?? "null");
  if (isLanguage(carrier?.lang) && isWords(words)) loaded.set(carrier.lang, words);
  carrier?.remove();
}

/** Our server wrote one of the catalogues; this only excludes null. */
function isWords(value: unknown): value is Words {
  return typeof value === "object" && value !== null && "common" in value;
}

// Nothing can be rendered without words, hence the awaits. static/boot.js has set the chosen
// language by now.
if (typeof document === "undefined") {
  await Promise.all(languages.map(loadWords));
} else {
  takeFromPage();
  const { lang } = document.documentElement;
  await loadWords(isLanguage(lang) ? lang : "en");
}
