import type { JSX } from "preact";
import { useWords } from "./words.ts";
import type { Language } from "../state/mod.ts";

/**
 * Carries the page's words to the browser, where state/i18n takes them from, and says after a while that the page's code has
 * not come, by looks alone. Only the server draws it, so it is gone when the code is there.
 */
export function PageWords({ language }: { language: Language }): JSX.Element | null {
  const words = useWords();
  if (typeof document !== "undefined") return null;
  return (
    <>
      <p hidden id="words" class="notranslate" lang={language}>{JSON.stringify(words)}</p>
      <p class="unloaded notranslate">{words.common.unloaded}</p>
    </>
  );
}
