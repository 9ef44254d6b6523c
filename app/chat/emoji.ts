/**
 * Emoji by `:name:`. Pure: the table is a parameter.
 */
export { emoji } from "./emoji_table.ts";

/** Names and their emoji, in the order of suggestion. */
export type EmojiTable = ReadonlyMap<string, string>;

/** One emoji to pick. */
export interface Suggestion {
  readonly name: string;
  readonly emoji: string;
}

const most = 6;
// A colon inside a word is a time (10:30) or an address; a backslash escapes it.
const begun = /(?:^|[^\p{L}\p{N}:\\])(:([a-z][a-z0-9_]*))$/u;
const ended = /(?:^|[^\p{L}\p{N}:])(:([a-z][a-z0-9_]*):)$/u;

/** The name being typed right before the caret, if any. */
export function nameBefore(caret: string): string | undefined {
  return isInCode(caret) ? undefined : begun.exec(caret)?.[2];
}

/** Whether the caret is inside code, which stays verbatim. See text/format.ts. */
export function isInCode(before: string): boolean {
  const blocks = before.split("```");
  const line = blocks.at(-1)?.split("\n").at(-1) ?? "";
  return blocks.length % 2 === 0 || line.split("`").length % 2 === 0;
}

/**
 * Emoji for a begun name of two letters or more: names that start with it, then names with such a
 * word.
 */
export function suggestions(table: EmojiTable, begun: string): Suggestion[] {
  if (begun.length < 2) return [];
  const all = [...table].map(([name, emoji]) => ({ name, emoji }));
  const starting = all.filter(({ name }) => name.startsWith(begun));
  const within = all.filter(({ name }) => !name.startsWith(begun) && name.includes(`_${begun}`));
  return [...starting, ...within].slice(0, most);
}

/**
 * Replaces the name before the caret with an emoji. Returns the text on both sides of the new
 * caret.
 */
export function withEmoji(
  { before, after }: { before: string; after: string },
  emoji: string,
): { before: string; after: string } {
  const name = begun.exec(before)?.[1] ?? "";
  return { before: `${before.slice(0, before.length - name.length)}${emoji} `, after };
}

/**
 * The text before the caret with a just completed `:name:` replaced, or with its escaping backslash
 * removed; undefined if there is none.
 */
export function completed(table: EmojiTable, before: string): string | undefined {
  const [, whole = "", name = ""] = ended.exec(before) ?? [];
  const emoji = table.get(name);
  if (emoji === undefined || isInCode(before)) return undefined;
  const rest = before.slice(0, before.length - whole.length);
  return rest.endsWith("\\") ? rest.slice(0, -1) + whole : rest + emoji;
}
