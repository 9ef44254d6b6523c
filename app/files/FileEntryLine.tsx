import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { FileEntry } from "../chat/mod.ts";
import type { FilesStore } from "./files_store.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { timeOfDay } from "../ui/clock.ts";
import { FileCardView } from "./FileCardView.tsx";
import { useWords } from "../ui/words.ts";

/** A file's place in the chat. */
export function FileEntryLine({ store, entry, selfName }: {
  store: FilesStore;
  entry: FileEntry;
  selfName: string;
}): JSX.Element | null {
  const { common: { locale } } = useWords();
  const line = useRef<HTMLDivElement>(null);
  const card = store.cards.value.get(entry.key);
  const keepEnd = () => line.current !== null && followEnd(line.current);
  useLayoutEffect(() => void keepEnd(), []);
  if (card === undefined) return null;
  const { own, from, at } = entry;
  const name = own ? selfName : entry.name;
  const time = <time dateTime={new Date(at).toISOString()}>{timeOfDay(at, locale)}</time>;
  return (
    <div
      class={`chat-line file first last notranslate${own ? " own" : ""}`}
      translate={false}
      ref={line}
    >
      <p class={own ? "chat-head unseen" : "chat-head"}>
        <strong dir="auto">{name}</strong> {time}
      </p>
      {!own && <Avatar peerId={from} name={name} />}
      <FileCardView store={store} card={card} onGrow={keepEnd} />
      {own && <p class="chat-foot" aria-hidden="true">{time}</p>}
    </div>
  );
}

/** Keeps a reader at the end when the line is added or grows. */
function followEnd(line: HTMLElement): void {
  const log = line.closest(".chat-log");
  if (log === null) return;
  const below = log.scrollHeight - log.scrollTop - log.clientHeight;
  if (below < line.offsetHeight + 64) log.scrollTo({ top: log.scrollHeight });
}
