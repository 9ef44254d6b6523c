import type { JSX } from "preact";
import type { Suggestion } from "./emoji.ts";
import { useWords } from "../ui/words.ts";

/** The id of the list, for the box it belongs to. */
export const emojiListId = "emoji-list";

/** The id of one of its options. */
export function emojiOptionId(index: number): string {
  return `emoji-${index}`;
}

/** What fits the name that is being written; the focus stays in the box, which says which one is chosen. */
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
          // Not a click: the box would have lost the focus by then.
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
