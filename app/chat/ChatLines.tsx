import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ChatEntry, FileEntry, LineEntry } from "./chat_entries.ts";
import type { ChatStore } from "./chat_store.ts";
import type { Words } from "../ui/words/mod.ts";
import { chatBoxId } from "./chat_box_id.ts";
import { ChatLine, type ChatLineProps, Happened, lineId } from "./ChatLine.tsx";
import { standings } from "./chat_grouping.ts";
import { Icon } from "../ui/Icon.tsx";
import { counted } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** `shown`: the panel is open. `menuOf`: the line whose menu is open. */
export interface ChatLinesProps
  extends Pick<ChatLineProps, "call" | "lines" | "selfId" | "selfName" | "onMenu"> {
  readonly chat: ChatStore;
  readonly shown: boolean;
  readonly menuOf: LineEntry | undefined;
  readonly fileLine: (entry: FileEntry) => JSX.Element;
}

/** Distance from the end that counts as being at the end, CSS pixels. */
const nearEnd = 48;

/** The log: every line with author, time and text, oldest first. */
export function ChatLines(
  { chat, shown, menuOf, fileLine, ...rest }: ChatLinesProps,
): JSX.Element {
  const words = useWords();
  const entries = chat.entries.value;
  const standing = standings(entries);
  const lines = entries.filter((entry) => entry.kind === "line");
  const tabStop = lines.findLast(({ version, delivery }) =>
    version !== "deleted" && delivery === "delivered"
  );
  const { names, readBy } = useSurroundings(rest, entries);
  const { log, below, follow, jump } = useFollow(entries);
  const divider = useDividers(chat, words);
  return (
    <>
      <div
        class="chat-log"
        role="log"
        // ChatAnnouncer says lines in batches; a live log would read a busy room aloud for ever.
        aria-live="off"
        aria-label={words.chat.title}
        tabIndex={0}
        ref={log}
        onScroll={follow}
        onKeyDown={walk}
      >
        {entries.length === 0 && (
          <p class="chat-empty notranslate" translate={false}>{words.chat.empty}</p>
        )}
        {entries.flatMap((entry, index) => [
          divider(entry, entries[index - 1]),
          entry.kind === "happened"
            ? <Happened key={entry.key} entry={entry} />
            : entry.kind === "file"
            ? fileLine(entry)
            : (
              <ChatLine
                key={entry.key}
                entry={entry}
                standing={standing[index] ?? { first: true, last: true }}
                answered={lines.find(({ ref }) => ref === entry.answers)}
                isTabStop={shown && entry === tabStop}
                menuOpen={menuOf?.key === entry.key}
                names={names}
                readBy={readBy(entry)}
                onJump={jumpTo}
                {...rest}
              />
            ),
        ])}
      </div>
      {below > 0 && (
        <button type="button" class="chat-below notranslate" translate={false} onClick={jump}>
          <Icon name="down" size={16} />
          {counted(words.chat.newBelow, { count: below, locale: words.common.locale })}
        </button>
      )}
    </>
  );
}

/** Whom lines may mention, and who has read the last own one. */
function useSurroundings(
  { call, lines, selfName }: Pick<ChatLinesProps, "call" | "lines" | "selfName">,
  entries: readonly ChatEntry[],
): { names: readonly string[]; readBy: (entry: LineEntry) => JSX.Element | false } {
  const names = [...call.room.peers.value.map(({ peer }) => peer.value.name), selfName];
  const lastOwn = entries.findLast((entry) =>
    entry.kind === "line" && entry.own && entry.delivery === "delivered"
  );
  const readBy = (entry: LineEntry) =>
    entry === lastOwn && lines !== undefined &&
    <lines.ReadBy call={call} entry={entry} entries={entries} />;
  return { names, readBy };
}

/** The dividers between lines: end of the history, start of the unread. */
function useDividers(
  chat: ChatStore,
  { chat: phrases, common: { locale } }: Words,
): (entry: ChatEntry, before: ChatEntry | undefined) => JSX.Element | false {
  const missed = chat.missed.value;
  const isRecent = (entry: ChatEntry | undefined) => entry?.kind === "line" && entry.recent;
  return (entry, before) => {
    if (isRecent(entry) && !isRecent(before)) {
      return (
        <p class="chat-new past notranslate" translate={false} key="earlier">{phrases.earlier}</p>
      );
    }
    return entry.key === missed?.key && (
      <p class="chat-new notranslate" translate={false} key="new">
        {counted(phrases.newLines, { count: missed.count, locale })}
      </p>
    );
  };
}

/** On a line's key, arrow keys move between lines, and a letter goes to the message box. */
function walk(event: KeyboardEvent): void {
  const { target, currentTarget, key } = event;
  const isWriting = /^[^ ]$/u.test(key) && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (isWriting) {
    // Otherwise the shortcut that opened the chat closes it.
    event.stopPropagation();
    return document.getElementById(chatBoxId)?.focus();
  }
  if (!(target instanceof Element) || !(currentTarget instanceof Element)) return;
  if (!target.matches(".line-key")) return;
  const keys = [...currentTarget.querySelectorAll<HTMLElement>(".line-key")];
  const at = keys.findIndex((each) => each === target);
  const next = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: keys.length - 1 }[key];
  if (next === undefined) return;
  event.preventDefault();
  keys[next]?.focus();
}

/** Scrolls a line into view, focuses it and highlights it briefly. */
export function jumpTo(entry: LineEntry): void {
  showLine(entry);
  document.getElementById(lineId(entry))?.focus({ preventScroll: true });
}

/** The same without the focus. */
export function showLine(entry: LineEntry): void {
  const line = document.getElementById(lineId(entry));
  if (line === null) return;
  line.scrollIntoView({ block: "center" });
  line.classList.add("found");
  setTimeout(() => line.classList.remove("found"), 1_500);
}

/** Follows the end while it is in view; otherwise counts the new lines below. */
function useFollow(entries: readonly ChatEntry[]): {
  log: { current: HTMLDivElement | null };
  below: number;
  follow: () => void;
  jump: () => void;
} {
  const count = entries.length;
  const newest = entries.at(-1);
  const log = useRef<HTMLDivElement>(null);
  const seen = useRef(count);
  const atEnd = useRef(true);
  const size = useRef("");
  const [below, setBelow] = useState(0);
  const jump = () => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
    seen.current = count;
    setBelow(0);
  };
  const follow = () => {
    const box = log.current;
    // A scroll caused by a resize is not the reader's.
    if (box === null || size.current !== sizeOf(box)) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
    if (atEnd.current) jumpCounted();
  };
  const jumpCounted = () => {
    seen.current = count;
    setBelow(0);
  };
  useLayoutEffect(() => {
    // An own new line is always shown.
    if (newest?.kind === "line" && newest.delivery === "waiting") atEnd.current = true;
    if (atEnd.current) jump();
    else setBelow(Math.max(0, count - seen.current));
  }, [entries]);
  useLayoutEffect(() => {
    const box = log.current;
    if (box === null) return;
    // After a resize, a reader at the end stays there.
    const observer = new ResizeObserver(() => {
      size.current = sizeOf(box);
      if (atEnd.current) box.scrollTo({ top: box.scrollHeight });
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return { log, below, follow, jump };
}

function sizeOf({ clientWidth, clientHeight }: Element): string {
  return `${clientWidth} ${clientHeight}`;
}
