import type { JSX } from "preact";
import type { Call } from "../../call/mod.ts";
import { Switch } from "../../ui/Switch.tsx";
import { removesMore, turnNoise } from "./turn_noise.ts";
import { useWords } from "../../ui/words.ts";
import { noiseWordsOf } from "../../ui/words/late/noise.ts";

/** The switch for removing more noise than browsers do. */
export function NoiseSwitch({ call }: { call: Call }): JSX.Element {
  const words = noiseWordsOf(useWords());
  return (
    <Switch
      label={words.more}
      note={words.moreWhy}
      checked={removesMore(call)}
      onSwitch={(on) => void turnNoise(call, on)}
    />
  );
}
