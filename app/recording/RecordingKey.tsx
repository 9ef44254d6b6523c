import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { extrasOf } from "../extras/views.ts";
import { BarKey } from "../ui/BarKey.tsx";
import { useWords } from "../ui/words.ts";

/** Opens the recordings of this call. */
export function RecordingKey({ call, onPress }: { call: Call; onPress: () => void }): JSX.Element {
  const { room } = useWords();
  const open = async () => {
    onPress();
    (await extrasOf(call)?.load("recording"))?.press?.();
  };
  return (
    <BarKey
      class="quiet recording-key"
      icon={<span class="recording-dot" />}
      caption={room.record}
      onPress={() => void open()}
    />
  );
}
