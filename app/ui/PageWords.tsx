import { useLayoutEffect } from "preact/hooks";
import type { JSX } from "preact";
import { useWords } from "./words.ts";
import type { Language } from "./words/catalogue.ts";

/**
 * Carries the page's words to the browser, where app/ui/words reads them, and shows after a while,
 * by CSS alone, that the code has not loaded. Only the server renders its children, so they
 * disappear with hydration; both sides render the element itself, because hydration keeps unknown
 * top-level elements. Tells static/boot.js that the code is there.
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
