/**
 * All languages; docs/languages.md says how to add one. The server has every language and writes
 * the page's own into the page; a browser loads another one when a person chooses it. No script
 * holds words.
 */
import type { Words as AllWords } from "./en/mod.ts";
import { isLanguage, type Language, languages } from "./languages.ts";
import { speakLate } from "./late/late_catalogue.ts";
import { loadCatalogues } from "./lazy.ts";

/** What only one page has, in the words that come with it. */
type OwnWords = Pick<AllWords, "home" | "admin" | "doctor">;

/** The words of a page. */
export type Words = Omit<AllWords, keyof OwnWords> & Partial<OwnWords>;

/** The words of the page /admin. */
export type AdminWords = OwnWords["admin"];
/** The words of the page /doctor. */
export type DoctorWords = OwnWords["doctor"];

/** A page's own words. */
export function ownWords<Page extends keyof OwnWords>(
  words: Partial<OwnWords>,
  page: Page,
): NonNullable<Partial<OwnWords>[Page]> {
  const { [page]: own } = words;
  if (own === undefined) throw new Error(`this page has no words of the page ${page}`);
  return own;
}

export { isLanguage, type Language, languages };

/** The id of the element that holds the page's words as JSON, with their language in `lang`. */
export const wordsId = "words";

const loaded = new Map<Language, Words>();

/** The words of a language, or of a loaded one until then. Throws if none is loaded. */
export function wordsOf(language: Language): Words {
  const [words = loaded.values().next().value] = [loaded.get(language)];
  if (words === undefined) throw new Error(`wordsOf("${language}"): no language is loaded`);
  return words;
}

/** Loads a language if needed; returns a loaded one if that fails. */
export async function loadWords(language: Language): Promise<Words> {
  const late = speakLate(language);
  // The network may be down: other words are better than none.
  await load(language).catch(() => {});
  await late;
  return wordsOf(language);
}

async function load(language: Language): Promise<void> {
  if (loaded.has(language)) return;
  const { catalogues } = await loadCatalogues();
  loaded.set(language, (await catalogues[language]()).words);
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
  await Promise.all(languages.map(load));
} else {
  takeFromPage();
  const { lang } = document.documentElement;
  await loadWords(isLanguage(lang) ? lang : "en");
}
