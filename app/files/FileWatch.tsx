import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { FilesStore } from "./files_store.ts";
import { fileNews } from "./file_words.ts";
import { useWords } from "../ui/words.ts";

/** Announces how transfers end, and asks before the page closes during one. */
export function FileWatch({ store }: { store: FilesStore }): JSX.Element {
  const words = useWords();
  const news = store.news.value;
  const busy = store.busy.value;
  useEffect(() => {
    if (!busy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [busy]);
  return <p class="unseen" role="status">{news === undefined ? "" : fileNews(news, words)}</p>;
}
