import type { JSX } from "preact";
import type { CaptionsStore } from "./mod.ts";

/**
 * What a person says now, under their picture. It is no live region: a screen reader would speak
 * over the voice that says the same; the transcript can be read at any time.
 */
export function CaptionTile(
  { store, peerId }: { store: CaptionsStore; peerId: string },
): JSX.Element | null {
  const line = store.live.value.get(peerId);
  if (!store.shown.value || line === undefined) return null;
  return (
    <p class="spoken-line" dir="auto">
      <span>{line.text}</span>
    </p>
  );
}
