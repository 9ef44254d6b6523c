/**
 * Words that no first view shows. They come with the late code of the features that use them, in
 * the language of the page alone; `useModule` and the extras of a call wait for them.
 */
import type { Language } from "../languages.ts";
import type { AnySpoken } from "../plurals.ts";
import type { Words } from "../en/mod.ts";

/** From the words of a page, those of a late catalogue in the same language. */
export type LateWordsOf<English> = (words: Pick<Words, "common">) => AnySpoken<English>;

/** Runs an import(). */
type Load = <Module>(load: () => Promise<Module>) => Promise<Module>;

/** Every late catalogue whose code is here: loads its words in a language. */
const known: ((language: Language, load: Load) => Promise<void>)[] = [];
let spoken: Language = "en";

/** Loads the words of all late catalogues whose code is here, in the language of the page. */
export async function loadLateWords(load: Load): Promise<void> {
  await Promise.all(known.map((each) => each(spoken, load)));
}

/** The same in another language, which becomes that of the page; without a network, later. */
export async function speakLate(language: Language): Promise<void> {
  spoken = language;
  await loadLateWords((load) => load()).catch(() => {});
}

/**
 * A late catalogue: from the words of a page, its words in the same language. Until another
 * language is loaded, those of a loaded one.
 */
export function lateCatalogue<English>(
  tables: Readonly<Record<Language, () => Promise<AnySpoken<English>>>>,
): LateWordsOf<English> {
  const loaded = new Map<string, AnySpoken<English>>();
  known.push(async (language, load) => {
    if (!loaded.has(language)) loaded.set(language, await load(tables[language]));
  });
  return ({ common: { tag } }) => {
    const [words = loaded.values().next().value] = [loaded.get(tag)];
    if (words === undefined) throw new Error("late words are used before loadLateWords()");
    return words;
  };
}
