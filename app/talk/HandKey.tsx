import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { BarKey } from "../ui/BarKey.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../ui/words.ts";

/** Raises and lowers the own hand. */
export function HandKey({ call, class: name }: { call: Call; class?: string }): JSX.Element {
  const { room } = useWords();
  const { hand } = call.room.self.value.state;
  return (
    <BarKey
      class={name}
      icon={<Icon name="hand" size={22} />}
      caption={room.hand}
      tone={hand ? "on" : "plain"}
      pressed={hand}
      shortcut="hand"
      onPress={() => call.toggleHand()}
    />
  );
}
