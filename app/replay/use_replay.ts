import { useEffect } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { extrasOf } from "../extras/views.ts";

/** After the first connection. Shorter calls load nothing of it. */
const afterMs = 20_000;

/** Loads replays in a call that lasts, if this browser can encode and decode voices. */
export function useReplay(call: Call): void {
  const linked = call.room.peers.value.some(({ link }) => link.value.kind === "connected");
  useEffect(() => {
    if (!linked || !("AudioDecoder" in globalThis)) return;
    const timer = setTimeout(() => void extrasOf(call)?.load("replay"), afterMs);
    return () => clearTimeout(timer);
  }, [linked]);
}
