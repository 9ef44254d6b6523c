import type { JSX } from "preact";
import { BarKey } from "./BarKey.tsx";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words.ts";

/** Opens the list of keys, for who does not know that `?` does. */
export function HelpKey({ onPress }: { onPress: () => void }): JSX.Element {
  const { shortcuts } = useWords();
  return (
    <BarKey
      class="help-key"
      icon={<Icon name="keyboard" size={22} />}
      caption={shortcuts.title}
      onPress={onPress}
    />
  );
}
