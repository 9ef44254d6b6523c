/**
 * Emoji by `:name:`, loaded if somebody first writes a colon and a letter. Pure: the table, which is loaded with it, comes
 * in as a parameter.
 */
export { emoji } from "./emoji_table.ts";

/** Names and their emoji, in the order of suggestion. */
export type EmojiTable = ReadonlyMap<string, string>;

/** One thing to pick. */
export interface Suggestion {
  readonly name: string;
  readonly emoji: string;
}

const most = 6;
// A colon inside a word is a time (10:30) or an address; after a backslash it is meant as it is.
const begun = /(?:^|[^\p{L}\p{N}:\\])(:([a-z][a-z0-9_]*))$/u;
const ended = /(?:^|[^\p{L}\p{N}:])(:([a-z][a-z0-9_]*):)$/u;

/** The name that is being written right before the caret; undefined when none is. */
export function nameBefore(caret: string): string | undefined {
  return isInCode(caret) ? undefined : begun.exec(caret)?.[2];
}

/** Whether code has begun before the caret and not ended: signs in it are what they are. See chat_format.ts. */
function isInCode(before: string): boolean {
  const blocks = before.split("```");
  const line = blocks.at(-1)?.split("\n").at(-1) ?? "";
  return blocks.length % 2 === 0 || line.split("`").length % 2 === 0;
}

/** What fits a begun name of two letters or more: those that start so, then those with such a word in them. */
export function suggestions(table: EmojiTable, begun: string): Suggestion[] {
  if (begun.length < 2) return [];
  const all = [...table].map(([name, emoji]) => ({ name, emoji }));
  const starting = all.filter(({ name }) => name.startsWith(begun));
  const within = all.filter(({ name }) => !name.startsWith(begun) && name.includes(`_${begun}`));
  return [...starting, ...within].slice(0, most);
}

/** Puts an emoji in the place of the name before the caret. Returns both sides of the new caret. */
export function withEmoji(
  { before, after }: { before: string; after: string },
  emoji: string,
): { before: string; after: string } {
  const name = begun.exec(before)?.[1] ?? "";
  return { before: `${before.slice(0, before.length - name.length)}${emoji} `, after };
}

/**
 * The text before the caret with a `:name:` that was just completed replaced, or without the backslash that keeps it;
 * undefined when there is none.
 */
export function completed(table: EmojiTable, before: string): string | undefined {
  const [, whole = "", name = ""] = ended.exec(before) ?? [];
  const emoji = table.get(name);
  if (emoji === undefined || isInCode(before)) return undefined;
  const rest = before.slice(0, before.length - whole.length);
  return rest.endsWith("\\") ? rest.slice(0, -1) + whole : rest + emoji;
}
