/** The types of phrases with a count: each language has its own plural forms. */
import type { Language } from "./languages.ts";

/**
 * The plural categories of each language (CLDR) for the counts below a million that a page can
 * show; tests/app/ui/plurals_test.ts compares them with those of Intl.
 */
interface Categories {
  "en": "one" | "other";
  "zh-CN": "other";
  "es": "one" | "other";
  "fr": "one" | "other";
  "de": "one" | "other";
  "ja": "other";
  "pt-BR": "one" | "other";
  "ar": "zero" | "one" | "two" | "few" | "many" | "other";
}

/** The forms of a phrase in one language; `#` stands for the count. */
export type Forms<Spoken extends Language> = Readonly<Record<Categories[Spoken], string>>;

/** The forms of a phrase in some language. */
export type Counted =
  & { readonly other: string }
  & Readonly<
    Partial<Record<Intl.LDMLPluralRule, string>>
  >;

/** The English words `English` in a language: the same phrases, each count with its own forms. */
export type Spoken<Tongue extends Language, English> = English extends string ? string
  : English extends Forms<"en"> ? Forms<Tongue>
  : { [Key in keyof English]: Spoken<Tongue, English[Key]> };

/** The English words `English` in any language. */
export type AnySpoken<English> = English extends string ? string
  : English extends Forms<"en"> ? Counted
  : { [Key in keyof English]: AnySpoken<English[Key]> };
