import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { extrasOf } from "../extras/views.ts";
import { BarKey } from "../ui/BarKey.tsx";
import { useWords } from "../ui/words.ts";

/** Opens the captions of this call. */
export function CaptionsKey({ call, onPress }: { call: Call; onPress: () => void }): JSX.Element {
  const { room } = useWords();
  const open = async () => {
    onPress();
    (await extrasOf(call)?.load("captions"))?.press?.();
  };
  return (
    <BarKey
      class="quiet"
      icon={<span class="captions-mark" />}
      caption={room.captions}
      onPress={() => void open()}
    />
  );
}
