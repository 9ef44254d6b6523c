import type { JSX } from "preact";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../ui/words.ts";

/** Opens the invitation panel. */
export function InviteKey({ class: name, onPress }: {
  class: string;
  onPress: () => void;
}): JSX.Element {
  const { invite } = useWords();
  return (
    <button type="button" class={name} onClick={onPress}>
      <Icon name="user-plus" />
      {invite.key}
    </button>
  );
}
