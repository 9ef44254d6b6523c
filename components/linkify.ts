/** Finds web addresses in a chat line. Pure; what comes out is text and checked addresses, never markup. */

/** A run of plain text, or an address to link to. */
export type TextPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

const candidate = /\bhttps?:\/\/[^\s<>"'`\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]+/giu;
// Punctuation after an address ends the sentence, not the address.
const trailing = /[.,;:!?…]+$/u;

/** Splits `text` into runs; only http and https addresses the URL parser accepts become links. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(candidate)) {
    const shown = withoutTail(match[0]);
    const href = webAddress(shown);
    if (href === undefined) continue;
    if (match.index > end) parts.push({ kind: "text", text: text.slice(end, match.index) });
    parts.push({ kind: "link", text: shown, href });
    end = match.index + shown.length;
  }
  if (end < text.length) parts.push({ kind: "text", text: text.slice(end) });
  return parts;
}

function withoutTail(address: string): string {
  const cut = address.replace(trailing, "");
  // "(see https://a.example/b)": a bracket that was not opened inside belongs to the sentence.
  const unopened = cut.endsWith(")") && !cut.includes("(");
  return unopened ? withoutTail(cut.slice(0, -1)) : cut;
}

function webAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return protocol === "http:" || protocol === "https:" ? href : undefined;
}
