/** The language for visitors who have not chosen one. */
import { type Language, languages } from "./words/languages.ts";

const fallback: Language = "en";

/** The best match for an Accept-Language header (RFC 9110, 12.5.4): by weight, then by order. */
export function preferredLanguage(header: string | null): Language {
  const wanted = (header ?? "").split(",").map((part) => {
    const [tag = "", ...options] = part.trim().toLowerCase().split(";");
    const weight = options.map((text) => /^\s*q=([\d.]+)$/.exec(text)?.[1]).find(Boolean);
    return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight) };
  });
  const best = wanted
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => spoken(tag))
    .find((language) => language !== undefined);
  return best ?? fallback;
}

/** Our language for a `tag`: the same tag, else the same primary language (zh-TW gets zh-CN). */
function spoken(tag: string): Language | undefined {
  const primary = (text: string) => text.toLowerCase().split("-")[0];
  return languages.find((language) => language.toLowerCase() === tag) ??
    languages.find((language) => primary(language) === primary(tag));
}
