import type { JSX } from "preact";
import type { Option } from "./completion.ts";
import { useWords } from "../ui/words.ts";

/** The id of the list, for the box that controls it. */
export const optionListId = "emoji-list";

/** The id of one of its options. */
export function optionId(index: number): string {
  return `emoji-${index}`;
}

/** Suggestions for the name being typed; the focus stays in the box. */
export function OptionList({ suggested, chosen, onPick }: {
  suggested: readonly Option[];
  chosen: number;
  onPick: (option: Option) => void;
}): JSX.Element {
  const { chat, shortcuts } = useWords();
  return (
    <ul
      class="emoji-list"
      id={optionListId}
      role="listbox"
      aria-label={suggested[0]?.sign === "@" ? shortcuts.people : chat.emoji}
    >
      {suggested.map((option, index) => (
        <li
          key={option.label}
          id={optionId(index)}
          role="option"
          aria-selected={index === chosen}
          // Not on click: the box would already have lost the focus.
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(option);
          }}
        >
          <span aria-hidden="true">{option.sign}</span> {option.label}
        </li>
      ))}
    </ul>
  );
}
