import { assert, assertEquals } from "../../assert.ts";
import { counted } from "../../../app/ui/phrases.ts";
import { languages, wordsOf } from "../../../app/ui/words/mod.ts";

/** Counts of every kind that a page can show. */
const counts = [...Array(1_200).keys(), 10_000, 99_999, 100_000, 999_999];

Deno.test("every language has exactly the plural forms of its counts", () => {
  for (const language of languages) {
    const { common: { locale }, room: { people } } = wordsOf(language);
    const rules = new Intl.PluralRules(locale);
    const wanted = new Set<string>(counts.map((count) => rules.select(count)));
    assertEquals(Object.keys(people).sort(), [...wanted].sort(), language);
  }
});

Deno.test("a count is in its form", () => {
  for (const language of languages) {
    const { common: { locale }, room: { people } } = wordsOf(language);
    const rules = new Intl.PluralRules(locale);
    for (const count of counts.slice(0, 120)) {
      const form = people[rules.select(count)] ?? "";
      const shown = new Intl.NumberFormat(locale).format(count);
      assertEquals(counted(people, { count, locale }), form.replace("#", shown));
    }
  }
});

Deno.test("without Intl's rule the general form is taken", () => {
  assertEquals(counted({ one: "# day", other: "# days" }, { count: 1, locale: "!" }), "1 days");
  assert(counted({ other: "# 人" }, { count: 1, locale: "en" }) === "1 人");
});
