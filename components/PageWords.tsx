import type { JSX } from "preact";
import { useWords } from "./words.ts";
import type { Language } from "../state/mod.ts";

/** Carries the page's words to the browser, where state/i18n takes them from. Only the server draws it. */
export function PageWords({ language }: { language: Language }): JSX.Element | null {
  const words = useWords();
  if (typeof document !== "undefined") return null;
  return <p hidden id="words" lang={language}>{JSON.stringify(words)}</p>;
}
