import { useEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { loadSoundTrials } from "./lazy.ts";
import type { SoundTrials, TriedDevice, Trying } from "./sound_trials.ts";

/** Tests of speaker and microphone, one at a time; pressing again stops one. */
export interface SoundTrial {
  readonly trying: Trying;
  readonly speaker: () => void;
  readonly microphone: () => void;
}

/** Ends with the component. Its code is loaded with the first test. */
export function useSoundCheck(call: Call | undefined): SoundTrial {
  const [trying, setTrying] = useState<Trying>({ kind: "none" });
  const trials = useRef<SoundTrials>();
  useEffect(() => () => trials.current?.close(), []);
  const begin = async (of: TriedDevice) => {
    try {
      const { SoundTrials } = await loadSoundTrials();
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
