import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { extrasOf } from "../extras/views.ts";
import { BarKey } from "../ui/BarKey.tsx";
import { useWords } from "../ui/words.ts";
import { moveWordsOf } from "../ui/words/late/move.ts";

/** Shows the code for another device. */
export function MoveKey({ call, onPress }: { call: Call; onPress: () => void }): JSX.Element {
  const words = moveWordsOf(useWords());
  const open = async () => {
    onPress();
    (await extrasOf(call)?.load("move"))?.press?.();
  };
  return (
    <BarKey
      icon={<span class="move-mark" />}
      caption={words.key}
      onPress={() => void open()}
    />
  );
}
