import { computed } from "@preact/signals";
import { type MutableRef, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Call } from "../../call/mod.ts";

/** After how long it is worth looking into, ms. */
const longMs = 10_000;

/**
 * Whether nothing has come from the own microphone for long, although it is on. `heard`: the last
 * track from which something came.
 */
export function useQuiet(
  { media, muted }: Call,
): { quiet: boolean; heard: MutableRef<MediaStreamTrack | undefined> } {
  const heard = useRef<MediaStreamTrack>();
  const [quiet, setQuiet] = useState(false);
  const isQuiet = useMemo(() =>
    computed(() => {
      const state = media.source("microphone").value;
      if (state.kind !== "on") return false;
      if (media.level.value === 0) return !muted.value;
      heard.current = state.track;
      return false;
    }), [media]).value;
  useEffect(() => {
    if (!isQuiet) return;
    const timer = setTimeout(() => setQuiet(true), longMs);
    return () => clearTimeout(timer);
  }, [isQuiet]);
  return { quiet, heard };
}
