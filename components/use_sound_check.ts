import { useEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../state/mod.ts";
import type { SoundCheck } from "./sound_check.ts";

/** The one try that is going on, or how the last one ended. `since` in ms of performance.now(). */
export type Trying =
  | { readonly kind: "none" }
  | { readonly kind: "speaker" }
  | { readonly kind: "recording"; readonly since: number }
  | { readonly kind: "playing" }
  | { readonly kind: "over"; readonly of: "speaker" | "microphone" }
  | { readonly kind: "failed"; readonly of: "speaker" | "microphone" };

/** Trying out speaker and microphone, one at a time; pressing again ends it. */
export interface SoundTrial {
  readonly trying: Trying;
  readonly speaker: () => void;
  readonly microphone: () => void;
}

/** Ends with the component. */
export function useSoundCheck(call: Call | undefined): SoundTrial {
  const [trying, setTrying] = useState<Trying>({ kind: "none" });
  const running = useRef<SoundCheck & { readonly of: "speaker" | "microphone" }>();
  useEffect(() => () => running.current?.stop(), []);
  const begin = async (of: "speaker" | "microphone") => {
    const before = running.current;
    before?.stop();
    if (before?.of === of) return;
    await before?.over.catch(() => {});
    try {
      const checks = await import("./sound_check.ts");
      const check = of === "speaker"
        ? checks.playChime(call?.media.speakerId.value ?? "")
        : checks.tryMicrophone(microphoneOf(call), {
          speakerId: call?.media.speakerId.value ?? "",
          onPlaying: () => setTrying({ kind: "playing" }),
        });
      running.current = { ...check, of };
      setTrying(
        of === "speaker" ? { kind: "speaker" } : { kind: "recording", since: performance.now() },
      );
      await check.over;
      setTrying({ kind: "over", of });
    } catch {
      setTrying({ kind: "failed", of });
    }
    running.current = undefined;
  };
  return {
    trying,
    speaker: () => void begin("speaker"),
    microphone: () => void begin("microphone"),
  };
}

function microphoneOf(call: Call | undefined): MediaStreamTrack {
  const state = call?.media.source("microphone").value;
  if (state?.kind !== "on") throw new Error("there is no microphone to try");
  return state.track;
}
