/** Completes emoji names and the names of people in the message box. Pure. */
import {
  completed as completedIn,
  emoji,
  isInCode,
  nameBefore,
  suggestions,
  withEmoji,
} from "./emoji.ts";

/** One thing to pick. `text` replaces what was begun. */
export interface Option {
  readonly label: string;
  readonly sign: string;
  readonly text: string;
}

const most = 6;
// Names may hold blanks; an @ within a word is an address.
const mention = /(?:^|[^\p{L}\p{N}_@])(@([^\n@]{0,32}))$/u;

/** What is begun right before the caret, with its sign: ":smi" or "@An"; undefined: nothing. */
export function begunAt(before: string): string | undefined {
  const name = nameBefore(before);
  if (name !== undefined) return `:${name}`;
  return isInCode(before) ? undefined : mention.exec(before)?.[1];
}

/** The options for what is begun; `names`: the people in the room. */
export function optionsFor(begun: string, names: readonly string[]): Option[] {
  if (begun.startsWith(":")) {
    return suggestions(emoji, begun.slice(1))
      .map(({ name, emoji: sign }) => ({ label: `:${name}:`, sign, text: sign }));
  }
  const letters = begun.slice(1).toLowerCase();
  // A finished name stays as it is.
  if (letters.endsWith(" ") && names.some((name) => `${name.toLowerCase()} ` === letters)) {
    return [];
  }
  const isFitting = (name: string) => {
    const small = name.toLowerCase();
    return small.startsWith(letters) || small.includes(` ${letters}`);
  };
  return [...new Set(names)].filter((name) => name !== "" && isFitting(name)).slice(0, most)
    .map((name) => ({ label: name, sign: "@", text: `@${name}` }));
}

/** Puts an option in place of what was begun. Returns the text on both sides of the new caret. */
export function withOption(
  caret: { readonly before: string; readonly after: string },
  { text }: Option,
): { before: string; after: string } {
  const begun = begunAt(caret.before) ?? "";
  if (begun.startsWith(":")) return withEmoji(caret, text);
  const { before, after } = caret;
  return { before: `${before.slice(0, before.length - begun.length)}${text} `, after };
}

/** The text before the caret with a just completed emoji name replaced; undefined: none was. */
export function completed(before: string): string | undefined {
  return completedIn(emoji, before);
}
