import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { NoiseSwitch } from "./noise/NoiseSwitch.tsx";
import { NoiseTest } from "./noise/NoiseTest.tsx";
import { removesMore } from "./noise/turn_noise.ts";
import { Switch } from "../ui/Switch.tsx";
import { useWords } from "../ui/words.ts";
import { noiseWordsOf } from "../ui/words/late/noise.ts";

/** Switches for voice processing, and for the hint about speaking while muted. */
export function VoiceSwitches({ call }: { call: Call }): JSX.Element {
  const words = useWords();
  const { talk } = words;
  const { processing, mutedHint } = call.book.current.value;
  const kinds = ["noiseSuppression", "echoCancellation", "autoGainControl"] as const;
  const isReplaced = (kind: typeof kinds[number]) =>
    kind === "noiseSuppression" && removesMore(call);
  return (
    <fieldset>
      <legend>{talk.voice}</legend>
      {kinds.map((kind) => (
        <Switch
          key={kind}
          label={talk[kind]}
          checked={processing[kind] && !isReplaced(kind)}
          {...isReplaced(kind) && { disabled: true, note: noiseWordsOf(words).replaced }}
          onSwitch={(on) => void call.talk.value?.setProcessing({ [kind]: on })}
        />
      ))}
      <NoiseSwitch call={call} />
      <NoiseTest call={call} />
      <Switch
        label={talk.mutedHint}
        note={talk.mutedHintWhy}
        checked={mutedHint}
        onSwitch={(on) => call.book.change({ mutedHint: on })}
      />
    </fieldset>
  );
}
