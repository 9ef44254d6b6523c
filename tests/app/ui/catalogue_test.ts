// That a catalogue must be complete is proved by the type check of this file: each expected error
// below must be one.

import { assertEquals } from "../../assert.ts";
import { en } from "../../../app/ui/words/en.ts";
import { isLanguage, languages, type Words, wordsOf } from "../../../app/ui/words/mod.ts";

const { leave: _leave, ...roomWithoutLeave } = en.room;
const { links: _links, ...withoutLinks } = en;

// @ts-expect-error A phrase is missing.
const lacksPhrase: Words = { ...en, room: roomWithoutLeave };
// @ts-expect-error A whole section is missing.
const lacksSection: Words = withoutLinks;
// @ts-expect-error A count has a form for one and a form for several.
const lacksForm: Words = { ...en, room: { ...en.room, people: { one: "#" } } };
const hasMore: Words = {
  ...en,
  // @ts-expect-error Nobody asks for this phrase, so it is a misspelt one.
  pill: { ...en.pill, reconecting: "" },
};
const wholeInOneFile: Words = { ...en, common: { ...en.common, locale: "fr-FR" } };

Deno.test("a catalogue is one value, however many files it comes from", () => {
  for (const made of [lacksPhrase, lacksSection, lacksForm, hasMore, wholeInOneFile]) {
    assertEquals(typeof made, "object");
  }
  assertEquals(Object.keys(wordsOf("zh-CN")).sort(), Object.keys(en).sort());
});

Deno.test("every language's locale is one that Intl knows", () => {
  for (const language of languages) {
    const { locale } = wordsOf(language).common;
    assertEquals(Intl.DateTimeFormat.supportedLocalesOf(locale), [locale]);
    assertEquals(Intl.PluralRules.supportedLocalesOf(locale), [locale]);
  }
  assertEquals(isLanguage("tlh"), false);
});
