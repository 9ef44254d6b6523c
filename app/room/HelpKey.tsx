import type { JSX } from "preact";
import { BarKey } from "../ui/BarKey.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../ui/words.ts";

/** Opens the list of shortcuts, like `?`. */
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
