import type { JSX } from "preact";
import type { Suggestion } from "./emoji.ts";
import { useWords } from "../ui/words.ts";

/** The id of the list, for the box that controls it. */
export const emojiListId = "emoji-list";

/** The id of one of its options. */
export function emojiOptionId(index: number): string {
  return `emoji-${index}`;
}

/** Suggestions for the name being typed; the focus stays in the box. */
export function EmojiList({ suggested, chosen, onPick }: {
  suggested: readonly Suggestion[];
  chosen: number;
  onPick: (emoji: string) => void;
}): JSX.Element {
  const { chat } = useWords();
  return (
    <ul class="emoji-list" id={emojiListId} role="listbox" aria-label={chat.emoji}>
      {suggested.map(({ name, emoji }, index) => (
        <li
          key={name}
          id={emojiOptionId(index)}
          role="option"
          aria-selected={index === chosen}
          // Not on click: the box would already have lost the focus.
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(emoji);
          }}
        >
          <span aria-hidden="true">{emoji}</span> :{name}:
        </li>
      ))}
    </ul>
  );
}
