import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../../call/mod.ts";
import { Icon } from "../../ui/Icon.tsx";
import { loadNoiseTrial } from "./lazy.ts";
import type { Comparing, NoiseTrial } from "./noise_trial.ts";
import { useWords } from "../../ui/words.ts";
import { noiseWordsOf } from "../../ui/words/late/noise.ts";

/**
 * Records four seconds of the person and plays them with noise and without, as the person picks.
 * Nothing leaves the page or is kept.
 */
export function NoiseTest({ call }: { call: Call }): JSX.Element | null {
  const words = noiseWordsOf(useWords());
  const [comparing, trial, press] = useTrial(call);
  const isOn = call.media.source("microphone").value.kind === "on";
  if (typeof MediaRecorder === "undefined" || !isOn) return null;
  const { kind } = comparing;
  const isRunning = kind === "recording" || kind === "playing";
  const captions = {
    idle: words.compare,
    recording: words.records,
    playing: words.compares,
    failed: words.failed,
  };
  return (
    <>
      <button type="button" class="menu-key" onClick={press}>
        {isRunning ? <Icon name="speaking" class="ok" /> : <Icon name="headphones" />}
        <span aria-live="polite">{captions[kind]}</span>
        {isRunning && <span class="menu-key-more">{words.stop}</span>}
      </button>
      {kind === "playing" && (
        <div class="segmented" role="group" aria-label={words.compare}>
          {(["without", "with"] as const).map((take) => (
            <button
              key={take}
              type="button"
              aria-pressed={comparing.take === take}
              onClick={() => trial()?.hear(take)}
            >
              {words[take]}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

/** Starts a comparison, or stops the running one; it ends with the component. */
function useTrial(call: Call): [Comparing, () => NoiseTrial | undefined, () => void] {
  const [comparing, setComparing] = useState<Comparing>({ kind: "idle" });
  const trial = useRef<NoiseTrial>();
  useEffect(() => () => trial.current?.close(), []);
  const press = async () => {
    if (comparing.kind === "recording" || comparing.kind === "playing") {
      return trial.current?.close();
    }
    const { NoiseTrial } = await loadNoiseTrial();
    const state = call.media.source("microphone").value;
    if (state.kind !== "on") return;
    trial.current = new NoiseTrial({
      microphone: state.track,
      speakerId: call.media.speakerId.value,
      onChange: setComparing,
    });
  };
  return [comparing, () => trial.current, () => void press()];
}
