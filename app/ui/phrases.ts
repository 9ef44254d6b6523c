/** Fills the catalogue's phrases. Pure. */
import { attempt } from "../../protocol/attempt.ts";
import type { Counted } from "./words/plurals.ts";

/**
 * The phrase with its {marks} filled in. Values are not parsed again, and do not change the
 * direction of the text around them.
 */
export function fill(phrase: string, values: Readonly<Record<string, string | number>>): string {
  return phrase.replace(/\{(\w+)\}/g, (_, mark: string) => {
    const text = `${values[mark] ?? ""}`;
    return rightToLeft.test(phrase + text) ? `\u2068${text}\u2069` : text;
  });
}

/** Hebrew, Arabic and other right-to-left text; around and inside of it, values are isolated. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufefc\u{10800}-\u{1efff}]/u;

/** The plural form of a phrase for a count. */
export function counted(
  forms: Counted,
  { count, locale }: { count: number; locale: string },
): string {
  const rule = attempt(() => new Intl.PluralRules(locale).select(count));
  const form = forms[rule ?? "other"] ?? forms.other;
  return form.replace(
    "#",
    attempt(() => new Intl.NumberFormat(locale).format(count)) ?? `${count}`,
  );
}

/** "Ana, Kenji and Noor" in the language's list format. */
export function listed(names: readonly string[], locale: string): string {
  return attempt(() => new Intl.ListFormat(locale, { type: "conjunction" }).format(names)) ??
    names.join(", ");
}
