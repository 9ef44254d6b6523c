import { useLayoutEffect } from "preact/hooks";
import type { JSX } from "preact";
import { useWords } from "./words.ts";

/**
 * Shows after a while, by CSS alone, that the code has not loaded, and tells static/boot.js that it
 * has. Only the server renders the words, so they disappear with hydration; both sides render the
 * element around them, because hydration keeps unknown top-level elements.
 */
export function UnloadedNotice(): JSX.Element {
  const { unloaded } = useWords().common;
  useLayoutEffect(() => void document.dispatchEvent(new Event("fresh-alive")), []);
  return (
    <div class="unloaded-notice">
      {typeof document === "undefined" && <p class="unloaded notranslate">{unloaded}</p>}
    </div>
  );
}
