import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { Switch } from "../ui/Switch.tsx";
import { useWords } from "../ui/words.ts";

/** Switches for voice processing, and for the hint about speaking while muted. */
export function VoiceSwitches({ call }: { call: Call }): JSX.Element {
  const { talk } = useWords();
  const { processing, mutedHint } = call.book.current.value;
  const kinds = ["noiseSuppression", "echoCancellation", "autoGainControl"] as const;
  return (
    <fieldset>
      <legend>{talk.voice}</legend>
      {kinds.map((kind) => (
        <Switch
          key={kind}
          label={talk[kind]}
          checked={processing[kind]}
          onSwitch={(on) => void call.talk.value?.setProcessing({ [kind]: on })}
        />
      ))}
      <Switch
        label={talk.mutedHint}
        note={talk.mutedHintWhy}
        checked={mutedHint}
        onSwitch={(on) => call.book.change({ mutedHint: on })}
      />
    </fieldset>
  );
}
