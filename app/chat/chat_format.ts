/** Parses addresses, `code` and ``` blocks in a chat line. Pure; returns text, never markup. */
import { linkify, type TextPart } from "./linkify.ts";

/** A run of text, an address, or verbatim code. */
export type FormatPart =
  | TextPart
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "block"; readonly text: string };

/** A run before addresses are found. */
type Run = Exclude<FormatPart, { kind: "link" }>;

// A word right after the opening fence names a language, which is ignored.
const fence = /\n?```(?:[\w+#-]*\n)?([\s\S]*?)\n?```\n?/g;
const inline = /`([^`\n]+)`/g;

/** The parts of a line in order. An unclosed mark is text. */
export function formatted(text: string): FormatPart[] {
  return split(text, { sign: fence, kind: "block" }).flatMap((part) =>
    part.kind === "text" ? withoutBlocks(part.text) : [part]
  );
}

function withoutBlocks(text: string): FormatPart[] {
  return split(text, { sign: inline, kind: "code" }).flatMap((part): FormatPart[] =>
    part.kind === "text" ? linkify(part.text) : [part]
  );
}

function split(
  text: string,
  { sign, kind }: { sign: RegExp; kind: "code" | "block" },
): Run[] {
  const parts: Run[] = [];
  let end = 0;
  for (const match of text.matchAll(sign)) {
    const [whole, inside = ""] = match;
    if (inside.trim() === "") continue;
    if (match.index > end) parts.push({ kind: "text", text: text.slice(end, match.index) });
    parts.push({ kind, text: inside });
    end = match.index + whole.length;
  }
  if (end < text.length) parts.push({ kind: "text", text: text.slice(end) });
  return parts;
}
