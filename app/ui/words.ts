/** The words of the page's language, for every component below. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Words } from "./words/mod.ts";

/** Provided once by each island. */
export const WordsContext = createContext<Words | undefined>(undefined);

/** The words of the page's language. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === undefined) throw new Error("useWords: no WordsContext above this component");
  return words;
}
