/** Everything files need in the room, loaded together when the first one is chosen or offered. */
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Call, FileEntry, FilesStore } from "../state/mod.ts";
import { byteSize } from "./amounts.ts";
import { Avatar } from "./Avatar.tsx";
import { timeOfDay } from "./clock.ts";
import { fileNews, shortName } from "./file_words.ts";
import { FileCardView } from "./FileCardView.tsx";
import { Icon } from "./Icon.tsx";
import { counted, fill } from "./phrases.ts";
import { useWords } from "./words.ts";

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
    <div class={`chat-line file first last${own ? " own" : ""}`} ref={line}>
      <p class={own ? "chat-head unseen" : "chat-head"}>
        <strong>{name}</strong> {time}
      </p>
      {!own && <Avatar peerId={from} name={name} />}
      <FileCardView store={store} card={card} onGrow={keepEnd} />
      {own && <p class="chat-foot" aria-hidden="true">{time}</p>}
    </div>
  );
}

/** Whoever was at the end before the line came or grew stays there. */
function followEnd(line: HTMLElement): void {
  const log = line.closest(".chat-log");
  if (log === null) return;
  const below = log.scrollHeight - log.scrollTop - log.clientHeight;
  if (below < line.offsetHeight + 64) log.scrollTo({ top: log.scrollHeight });
}

/** What was chosen and is not offered yet: to whom, and go. */
export function FileTray({ call }: { call: Call }): JSX.Element | null {
  const { files: words, common, room } = useWords();
  const [chosenId, setChosenId] = useState("");
  const box = useRef<HTMLFormElement>(null);
  const chosen = call.files.chosen.value;
  const peers = call.room.peers.value.map(({ peer }) => peer.value);
  const to = peers.some(({ peerId }) => peerId === chosenId) ? chosenId : "";
  // The next thing to press; the picker and the drop have taken the focus away.
  useEffect(() => {
    if (chosen.length > 0) box.current?.querySelector<HTMLElement>("[type=submit]")?.focus();
  }, [chosen.length > 0]);
  if (chosen.length === 0) return null;
  const offer = (event: Event) => {
    event.preventDefault();
    call.files.offerChosen(to === "" ? peers.map(({ peerId }) => peerId) : [to]);
  };
  return (
    <form class="file-tray" aria-label={words.chosen} ref={box} onSubmit={offer}>
      <ul>
        {chosen.map((file, index) => (
          <li key={`${index} ${file.name}`}>
            <Icon name={file.type.startsWith("image/") ? "picture" : "file"} size={16} />
            <span class="file-name" title={file.name} translate={false}>
              {shortName(file.name, 32)}
            </span>
            <span class="file-size">{byteSize(file.size, common.locale)}</span>
            <button
              type="button"
              class="quiet-key"
              aria-label={fill(words.leaveOut, { file: file.name })}
              onClick={() => call.files.drop(file)}
            >
              <Icon name="close" size={16} />
            </button>
          </li>
        ))}
      </ul>
      {peers.length === 0 ? <p class="file-line">{words.nobody}</p> : (
        <label class="file-to">
          {words.to}
          <select
            class="field"
            value={to}
            onChange={(event) => setChosenId(event.currentTarget.value)}
          >
            {peers.length > 1 && (
              <option value="">
                {words.everyone} ({counted(room.people, {
                  count: peers.length,
                  locale: common.locale,
                })})
              </option>
            )}
            {peers.map(({ peerId, name }) => (
              <option key={peerId} value={peers.length === 1 ? "" : peerId}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <button type="submit" class="primary" disabled={peers.length === 0}>
        {counted(words.offer, { count: chosen.length, locale: common.locale })}
      </button>
    </form>
  );
}

/** Says aloud how transfers end, and asks before the page closes in the middle of one. */
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
