/**
 * All languages. A new one is a file like zh.ts and a line in lazy.ts. The server has every language and writes
 * the page's own into the page; a browser loads another one when a person chooses it. No script holds words, but those of
 * the two pages that bring their own (admin.ts, doctor.ts).
 */
import type { Words } from "./en.ts";
import { catalogues } from "./lazy.ts";

export type { Words };

/** A language the pages speak; also the value of `<html lang>`. */
export type Language = keyof typeof catalogues;

/** All languages, the default first. */
export const languages: readonly Language[] = Object.keys(catalogues).filter(isLanguage);

/** The id of the element in which a page carries its words, as JSON, with their language in `lang`. */
export const wordsId = "words";

const loaded = new Map<Language, Words>();

/** Whether `text` names a language of the catalogue. */
export function isLanguage(text: unknown): text is Language {
  return typeof text === "string" && Object.hasOwn(catalogues, text);
}

/** The words of a language; as long as it is not loaded, of another one. Throws where there are none at all. */
export function wordsOf(language: Language): Words {
  const [words = loaded.values().next().value] = [loaded.get(language)];
  if (words === undefined) throw new Error(`wordsOf("${language}"): no language is loaded`);
  return words;
}

/** Loads a language if need be; where that fails, another one. */
export async function loadWords(language: Language): Promise<Words> {
  try {
    if (!loaded.has(language)) loaded.set(language, await catalogues[language]());
  } catch {
    // The network is away: better the words there are than none.
  }
  return wordsOf(language);
}

function takeFromPage(): void {
  const carrier = document.getElementById(wordsId);
  const words: unknown = JSON.parse(carrier?.textContent ?? "null");
  if (isLanguage(carrier?.lang) && isWords(words)) loaded.set(carrier.lang, words);
}

/** What our own server wrote is one of the catalogues; this only tells them from nothing. */
function isWords(value: unknown): value is Words {
  return typeof value === "object" && value !== null && "common" in value;
}

// There is nothing to draw without words, hence the waits. static/boot.js has set the chosen language by now.
if (typeof document === "undefined") {
  await Promise.all(languages.map(loadWords));
} else {
  takeFromPage();
  const { lang } = document.documentElement;
  await loadWords(isLanguage(lang) ? lang : "en");
}
