import type { JSX } from "preact";
import type { Call } from "../../call/mod.ts";
import { extrasOf } from "../../extras/views.ts";
import { loadNoiseStore } from "./lazy.ts";
import { Switch } from "../../ui/Switch.tsx";
import { useWords } from "../../ui/words.ts";
import { noiseWordsOf } from "../../ui/words/noise.ts";

/** Whether the person wants more noise removed than browsers do. */
export function removesMore({ book }: Pick<Call, "book">): boolean {
  return "voiceOnly" in Object(book.current.value.effects.microphone);
}

/** The switch for it. */
export function NoiseSwitch({ call }: { call: Call }): JSX.Element {
  const words = noiseWordsOf(useWords());
  const turn = async (on: boolean) => {
    const extras = extrasOf(call);
    const [{ ownNoise }] = await Promise.all([loadNoiseStore(), extras?.load("noise")]);
    extras?.remember("noise", on);
    await ownNoise.turn(call, on);
  };
  return (
    <Switch
      label={words.more}
      note={words.moreWhy}
      checked={removesMore(call)}
      onSwitch={(on) => void turn(on)}
    />
  );
}
