// That a catalogue must be complete is proved by the type check of this file: each expected error
// below must be one.

import { assert, assertEquals } from "../../assert.ts";
import { type English, words as en } from "../../../app/ui/words/en/mod.ts";
import { languageName } from "../../../app/ui/language_name.ts";
import { loadLateWords, speakLate } from "../../../app/ui/words/late/late_catalogue.ts";
import { isLanguage, type Language, languages, wordsOf } from "../../../app/ui/words/mod.ts";
import { noiseWordsOf } from "../../../app/ui/words/late/noise.ts";
import type { Spoken } from "../../../app/ui/words/plurals.ts";

type Chinese = Spoken<"zh-CN", Pick<English, "pill" | "room">>;
const room = { ...en.room, people: { other: "#" }, unread: { other: "#" } };
const { leave: _leave, ...roomWithoutLeave } = room;

const whole: Chinese = { pill: en.pill, room };
// @ts-expect-error A phrase is missing.
const lacksPhrase: Chinese = { pill: en.pill, room: roomWithoutLeave };
// @ts-expect-error A whole section is missing.
const lacksSection: Chinese = { room };
// @ts-expect-error A count lacks a form of the language.
const lacksForm: Spoken<"en", English["room"]> = room;
const hasMore: Chinese = {
  room,
  // @ts-expect-error Nobody asks for this phrase, so it is a misspelt one.
  pill: { ...en.pill, reconecting: "" },
};
const hasMoreForms: Chinese = {
  pill: en.pill,
  // @ts-expect-error The language has no such form.
  room: { ...room, people: { one: "#", other: "#" } },
};

Deno.test("a catalogue has the phrases of the English one", () => {
  for (const made of [whole, lacksPhrase, lacksSection, lacksForm, hasMore, hasMoreForms]) {
    assertEquals(typeof made, "object");
  }
  assertEquals(Object.keys(wordsOf("zh-CN")).sort(), Object.keys(en).sort());
});

Deno.test("every language's locale is one that Intl knows", () => {
  for (const language of languages) {
    const { locale, tag } = wordsOf(language).common;
    assertEquals(tag, language);
    assertEquals(Intl.DateTimeFormat.supportedLocalesOf(locale), [locale]);
    assertEquals(Intl.PluralRules.supportedLocalesOf(locale), [locale]);
  }
  assertEquals(isLanguage("tlh"), false);
});

/** The folder of each language's words. */
const folderOf = (language: Language) => language.slice(0, 2);

const files = [...Deno.readDirSync(new URL("../../../app/ui/words/en", import.meta.url))]
  .map(({ name }) => name).sort();

/** Every phrase of a file with its path; the forms of a count are one phrase. */
async function phrasesOf(language: Language, file: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const walk = (words: unknown, path: string) => {
    if (typeof words === "string") return found.set(path, [words]);
    if (typeof words !== "object" || words === null) return;
    const forms = "other" in words ? Object.values(words) : undefined;
    if (forms?.every((form) => typeof form === "string")) return found.set(path, forms);
    for (const [key, value] of Object.entries(words)) walk(value, `${path}.${key}`);
  };
  walk(await import(`../../../app/ui/words/${folderOf(language)}/${file}`), file);
  return found;
}

/** Each mark once: a language may need a name twice. */
function marks(phrase: string): string[] {
  return [...new Set(phrase.match(/\{\w+\}/g))].sort();
}

Deno.test("every language has all files and phrases, with the same marks to fill in", async () => {
  assert(files.length > 10, "the walk found the files");
  for (const file of files) {
    const english = await phrasesOf("en", file);
    for (const language of languages) {
      const own = await phrasesOf(language, file);
      assertEquals([...own.keys()].sort(), [...english.keys()].sort(), language);
      for (const [path, forms] of own) {
        const [wanted = ""] = english.get(path) ?? [];
        for (const form of forms) {
          assert(form.trim() !== "", `${language} ${path} is empty`);
          assertEquals(marks(form), marks(wanted), `${language} ${path}`);
        }
      }
    }
  }
});

Deno.test("no language has a file that English lacks", () => {
  for (const language of languages) {
    const folder = new URL(`../../../app/ui/words/${folderOf(language)}`, import.meta.url);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), files, language);
  }
});

Deno.test("every language can be chosen by its own name", () => {
  assertEquals(languages.map(languageName), [
    ...["English", "简体中文", "Español", "Français", "Deutsch"],
    ...["日本語", "Português (Brasil)", "العربية"],
  ]);
});

Deno.test("late words come in the language that is spoken, and are those of another until then", async () => {
  let loads = 0;
  const load = <Module>(from: () => Promise<Module>) => {
    loads++;
    return from();
  };
  await loadLateWords(load);
  assertEquals(loads, 1, "one catalogue, one language");
  const chinese = wordsOf("zh-CN");
  assertEquals(noiseWordsOf(chinese).stop, "Stop");
  await speakLate("zh-CN");
  assertEquals(noiseWordsOf(chinese).stop, "停止");
  assertEquals(noiseWordsOf(wordsOf("en")).stop, "Stop");
  await loadLateWords(load);
  assertEquals(loads, 1, "nothing is loaded twice");
});
