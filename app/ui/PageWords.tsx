import { useLayoutEffect } from "preact/hooks";
import type { JSX } from "preact";
import { useWords } from "./words.ts";
import type { Language } from "./words/catalogue.ts";

/**
 * Carries the page's words to the browser, where app/ui/words takes them from, and says after a while that the page's code has
 * not come, by looks alone. Only the server draws its children, so they are gone when the code is there; the element itself is
 * drawn on both sides, because what an island does not draw at its top stays. Tells static/boot.js that the code is there.
 */
export function PageWords({ language }: { language: Language }): JSX.Element {
  const words = useWords();
  useLayoutEffect(() => void document.dispatchEvent(new Event("fresh-alive")), []);
  return (
    <div class="page-words">
      {typeof document === "undefined" && (
        <>
          <p hidden id="words" class="notranslate" lang={language}>{JSON.stringify(words)}</p>
          <p class="unloaded notranslate">{words.common.unloaded}</p>
        </>
      )}
    </div>
  );
}
