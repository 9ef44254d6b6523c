import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../ui/words.ts";

/** The microphone key over a phone's chat, which covers the bar. */
export function PhoneMute({ call }: { call: Call }): JSX.Element {
  const { room } = useWords();
  const on = call.devices.comesOn("microphone") && !call.muted.value;
  return (
    <button
      type="button"
      class="quiet-key panel-mute"
      aria-label={on ? room.mute : room.unmute}
      onClick={() => call.toggleMicrophone()}
    >
      {on ? <Icon name="microphone" /> : <Icon name="microphone-off" class="bad" />}
    </button>
  );
}
