import type { ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { SourceState } from "../../mesh/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../ui/words.ts";

const segments = Array.from({ length: 28 }, (_, index) => index);
const patienceMs = 5_000;

/** `level`: own loudness, 0 to 1; `speaking`: it is a voice; `microphone`: there is one. */
export interface LevelMeterProps {
  readonly level: ReadonlySignal<number>;
  readonly speaking: ReadonlySignal<boolean>;
  readonly microphone: SourceState["kind"];
}

/** Level bars, followed by the same in words. */
export function LevelMeter({ level, speaking, microphone }: LevelMeterProps): JSX.Element {
  const { before } = useWords();
  const heard = useHeard(speaking, microphone === "on");
  const words = microphone === "failed"
    ? before.microphoneMissing
    : microphone === "off"
    ? before.microphoneOff
    : { yes: before.heard, no: before.unheard, unsure: before.listening }[heard];
  return (
    <div class={`meter meter-${microphone === "on" ? heard : "off"}`}>
      {microphone === "on" || microphone === "starting"
        ? <Icon name="microphone" />
        : <Icon name="microphone-off" />}
      <Bars level={level} />
      <span class="meter-words">{words}</span>
    </div>
  );
}

function Bars({ level }: { level: ReadonlySignal<number> }): JSX.Element {
  const lit = Math.round(level.value * segments.length);
  return (
    <span class="meter-bars" aria-hidden="true">
      {segments.map((index) => <span key={index} class={index < lit ? "lit" : undefined} />)}
    </span>
  );
}

/** Whether a voice was heard in the last five seconds; unsure during the first five. */
function useHeard(speaking: ReadonlySignal<boolean>, on: boolean): "yes" | "no" | "unsure" {
  const [heard, setHeard] = useState<"yes" | "no" | "unsure">("unsure");
  useEffect(() => {
    setHeard("unsure");
    if (!on) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = speaking.subscribe((now) => {
      clearTimeout(timer);
      if (now) setHeard("yes");
      else timer = setTimeout(() => setHeard("no"), patienceMs);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [speaking, on]);
  return heard;
}
