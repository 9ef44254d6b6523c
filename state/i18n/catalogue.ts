/**
 * All languages. A new one is a file like zh.ts and a line in `sources`. English is always there; the server has
 * every language, a browser fetches the page's own before anything is drawn and another one when it is chosen.
 */
import { en } from "./en.ts";

/** Everything the pages say, in one language. */
export type Words = typeof en;

// The keys are BCP 47 tags, ready for `<html lang>` and Intl.
const sources = {
  "en": () => Promise.resolve(en),
  "zh-CN": async () => (await import("./zh.ts")).zh,
} satisfies Record<string, () => Promise<Words>>;

/** A language the pages speak; also the value of `<html lang>`. */
export type Language = keyof typeof sources;

/** All languages, the default first. */
export const languages: readonly Language[] = Object.keys(sources).filter(isLanguage);

const loaded = new Map<Language, Words>([["en", en]]);

/** Whether `text` names a language of the catalogue. */
export function isLanguage(text: unknown): text is Language {
  return typeof text === "string" && Object.hasOwn(sources, text);
}

/** The words of a language, in English as long as it is not loaded. */
export function wordsOf(language: Language): Words {
  return loaded.get(language) ?? en;
}

/** Loads a language if need be; English where that fails. */
export async function loadWords(language: Language): Promise<Words> {
  try {
    const words = await sources[language]();
    loaded.set(language, words);
    return words;
  } catch {
    return en;
  }
}

// On the page static/boot.js has set the language by now. There is nothing to draw without words, hence the wait.
const first = typeof document === "undefined" ? languages : [document.documentElement.lang];
await Promise.all(first.filter(isLanguage).map(loadWords));
