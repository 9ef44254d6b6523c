import { useEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../mod.ts";
import type { SoundTrials } from "./sound_trials.ts";

/** What can be tried out. */
export type TriedDevice = "speaker" | "microphone";

/** The one try that is going on, or how the last one ended. `since` in ms of performance.now(). */
export type Trying =
  | { readonly kind: "none" }
  | { readonly kind: "speaker" }
  | { readonly kind: "recording"; readonly since: number }
  | { readonly kind: "playing" }
  | { readonly kind: "over"; readonly of: TriedDevice }
  | { readonly kind: "failed"; readonly of: TriedDevice };

/** Trying out speaker and microphone, one at a time; pressing again ends it. */
export interface SoundTrial {
  readonly trying: Trying;
  readonly speaker: () => void;
  readonly microphone: () => void;
}

/** Ends with the component. Its code comes with the first try. */
export function useSoundCheck(call: Call | undefined): SoundTrial {
  const [trying, setTrying] = useState<Trying>({ kind: "none" });
  const trials = useRef<SoundTrials>();
  useEffect(() => () => trials.current?.close(), []);
  const begin = async (of: TriedDevice) => {
    try {
      const { SoundTrials } = await import("./sound_trials.ts");
      await (trials.current ??= new SoundTrials(call, setTrying)).begin(of);
    } catch {
      setTrying({ kind: "failed", of });
    }
  };
  return {
    trying,
    speaker: () => void begin("speaker"),
    microphone: () => void begin("microphone"),
  };
}
