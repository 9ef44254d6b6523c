import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ChatEntry, ChatStore, FileEntry, SaidEntry } from "./chat_store.ts";
import type { Words } from "../ui/words/mod.ts";
import { chatBoxId } from "./chat_box_id.ts";
import { ChatLine, type ChatLineProps, Happened, lineId } from "./ChatLine.tsx";
import { standings } from "./chat_grouping.ts";
import { Icon } from "../ui/Icon.tsx";
import { counted } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** `shown`: the panel is open. `menuOf`: the line whose menu is open. */
export interface ChatLinesProps extends Pick<ChatLineProps, "selfName" | "onMenu"> {
  readonly chat: ChatStore;
  readonly shown: boolean;
  readonly menuOf: SaidEntry | undefined;
  readonly fileLine: (entry: FileEntry) => JSX.Element;
}

/** How close to the end counts as being there, in pixels. */
const nearEnd = 48;

/** The log: every line with author, time and text as text, oldest first. */
export function ChatLines(
  { chat, shown, menuOf, fileLine, ...rest }: ChatLinesProps,
): JSX.Element {
  const words = useWords();
  const { locale } = words.common;
  const entries = chat.entries.value;
  const standing = standings(entries);
  const said = entries.filter((entry) => entry.kind === "said");
  const tabStop = said.findLast(({ version, delivery }) =>
    version !== "deleted" && delivery === "delivered"
  );
  const { log, below, follow, jump } = useFollow(entries);
  const divider = useDividers(chat, words);
  return (
    <>
      {/* Lines are announced in batches by the ChatAnnouncer; a live log would read a busy room aloud for ever. */}
      <div
        class="chat-log"
        role="log"
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
                answered={said.find(({ ref }) => ref === entry.answers)}
                isTabStop={shown && entry === tabStop}
                menuOpen={menuOf?.key === entry.key}
                onJump={jumpTo}
                {...rest}
              />
            ),
        ])}
      </div>
      {below > 0 && (
        <button type="button" class="chat-below notranslate" translate={false} onClick={jump}>
          <Icon name="down" size={16} />
          {counted(words.chat.newBelow, { count: below, locale })}
        </button>
      )}
    </>
  );
}

/** What stands between two lines: where the past ends, and where the unseen begins. */
function useDividers(
  chat: ChatStore,
  { chat: said, common: { locale } }: Words,
): (entry: ChatEntry, before: ChatEntry | undefined) => JSX.Element | false {
  const missed = chat.missed.value;
  const isRecent = (entry: ChatEntry | undefined) => entry?.kind === "said" && entry.recent;
  return (entry, before) => {
    if (isRecent(entry) && !isRecent(before)) {
      return (
        <p class="chat-new past notranslate" translate={false} key="earlier">{said.earlier}</p>
      );
    }
    return entry.key === missed?.key && (
      <p class="chat-new notranslate" translate={false} key="new">
        {counted(said.newLines, { count: missed.count, locale })}
      </p>
    );
  };
}

/** With the focus on a line's key the arrows go from line to line. Who begins to write means the message box. */
function walk(event: KeyboardEvent): void {
  const { target, currentTarget, key } = event;
  const isWriting = /^[^ ]$/u.test(key) && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (isWriting) {
    // The key that opened the chat would close it.
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

/** Brings a line into view, gives it the focus and shows for a moment which it is. */
function jumpTo(entry: SaidEntry): void {
  const line = document.getElementById(lineId(entry));
  if (line === null) return;
  line.scrollIntoView({ block: "center" });
  line.focus({ preventScroll: true });
  line.classList.add("found");
  setTimeout(() => line.classList.remove("found"), 1_500);
}

/** Keeps the end in view for who is there, and counts the lines below for who reads further up. */
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
    // What moves because the box has another size was moved by nobody.
    if (box === null || size.current !== sizeOf(box)) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
    if (atEnd.current) jumpCounted();
  };
  const jumpCounted = () => {
    seen.current = count;
    setBelow(0);
  };
  useLayoutEffect(() => {
    // Who writes wants to see it.
    if (newest?.kind === "said" && newest.delivery === "waiting") atEnd.current = true;
    if (atEnd.current) jump();
    else setBelow(Math.max(0, count - seen.current));
  }, [entries]);
  useLayoutEffect(() => {
    const box = log.current;
    if (box === null) return;
    // Opened, turned, or a keyboard came up: who was at the end stays there.
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
