import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type {
  ChatEntry,
  ChatStore,
  FileEntry,
  HappenedEntry,
  SaidEntry,
  Words,
} from "../state/mod.ts";
import { Avatar } from "./Avatar.tsx";
import { type Standing, standings } from "./chat_grouping.ts";
import { timeOfDay } from "./clock.ts";
import { Icon } from "./Icon.tsx";
import { linkify } from "./linkify.ts";
import { counted, fill } from "./phrases.ts";
import { useWords } from "./words.ts";

/** `selfName` stands at own lines that wait: the server has not stamped them yet. */
export interface ChatLinesProps {
  readonly chat: ChatStore;
  readonly selfName: string;
  readonly fileLine: (entry: FileEntry) => JSX.Element;
}

/** How close to the end counts as being there, in pixels. */
const nearEnd = 48;

/** The log: every line with author, time and text as text, oldest first. */
export function ChatLines({ chat, selfName, fileLine }: ChatLinesProps): JSX.Element {
  const words = useWords();
  const { locale } = words.common;
  const entries = chat.entries.value;
  const missed = chat.missed.value;
  const standing = standings(entries);
  const { log, below, follow, jump } = useFollow(entries.length);
  return (
    <div class="chat-lines">
      {/* Lines are announced in batches by the Announcer; a live log would read a busy room aloud for ever. */}
      <div
        class="chat-log"
        role="log"
        aria-live="off"
        aria-label={words.chat.title}
        tabIndex={0}
        ref={log}
        onScroll={follow}
      >
        {entries.length === 0 && <p class="chat-empty">{words.chat.empty}</p>}
        {entries.flatMap((entry, index) => [
          entry.key === missed?.key && (
            <p class="chat-new" key="new">
              {counted(words.chat.newLines, { count: missed.count, locale })}
            </p>
          ),
          entry.kind === "file" ? fileLine(entry) : (
            <ChatLine
              key={entry.key}
              entry={entry}
              standing={standing[index] ?? { first: true, last: true }}
              selfName={selfName}
            />
          ),
        ])}
      </div>
      {below > 0 && (
        <button type="button" class="chat-below" onClick={jump}>
          <Icon name="down" size={16} />
          {counted(words.chat.newBelow, { count: below, locale })}
        </button>
      )}
    </div>
  );
}

function ChatLine({ entry, standing, selfName }: {
  entry: Exclude<ChatEntry, FileEntry>;
  standing: Standing;
  selfName: string;
}): JSX.Element {
  if (entry.kind === "happened") return <Happened entry={entry} />;
  return <Said entry={entry} standing={standing} selfName={selfName} />;
}

function Happened({ entry }: { entry: HappenedEntry }): JSX.Element {
  const words = useWords();
  return (
    <p class="chat-happened">
      {happening(entry, words)} · <Time at={entry.at} />
    </p>
  );
}

/** What happened, as a sentence. */
export function happening({ what, name }: HappenedEntry, { chat }: Words): string {
  switch (what) {
    case "joined":
      return fill(chat.joined, { name });
    case "left":
      return fill(chat.left, { name });
    case "lost":
      return fill(chat.lost, { name });
    case "kicked":
      return fill(chat.kicked, { name });
    case "server-lost":
      return chat.serverLost;
    case "server-back":
      return chat.serverBack;
    case "gap":
      return chat.gap;
    default:
      return what satisfies never;
  }
}

function Said({ entry, standing, selfName }: {
  entry: SaidEntry;
  standing: Standing;
  selfName: string;
}): JSX.Element {
  const { own, from, text, at, delivery } = entry;
  const name = entry.name === "" ? selfName : entry.name;
  const place = `${own ? " own" : ""}${standing.first ? " first" : ""}${
    standing.last ? " last" : ""
  }`;
  return (
    <div class={`chat-line ${delivery}${place}`}>
      <p class={own || !standing.first ? "chat-head unseen" : "chat-head"}>
        <strong>{name}</strong> <Time at={at} />
      </p>
      {!own && standing.last && <Avatar peerId={from} name={name} />}
      <p class="chat-text">
        {linkify(text).map((part, index) =>
          part.kind === "text"
            ? part.text
            : (
              <a key={index} href={part.href} target="_blank" rel="noopener noreferrer">
                {part.text}
              </a>
            )
        )}
      </p>
      {own && standing.last && <Foot entry={entry} />}
    </div>
  );
}

function Foot({ entry: { delivery, at } }: { entry: SaidEntry }): JSX.Element {
  const { chat } = useWords();
  if (delivery === "waiting") {
    return (
      <p class="chat-foot warn">
        <Icon name="clock" size={16} /> {chat.waiting}
      </p>
    );
  }
  if (delivery === "refused") {
    return (
      <p class="chat-foot bad">
        <Icon name="alert" size={16} /> {chat.refused}
      </p>
    );
  }
  return (
    <p class="chat-foot">
      {/* The head says the time to those who hear the page. */}
      <span aria-hidden="true">
        <Time at={at} />
      </span>
      <Icon name="delivered" size={16} />
      <span class="unseen">{chat.delivered}</span>
    </p>
  );
}

function Time({ at }: { at: number }): JSX.Element {
  const { common } = useWords();
  return <time dateTime={new Date(at).toISOString()}>{timeOfDay(at, common.locale)}</time>;
}

/** Keeps the end in view for who is there, and counts the lines below for who reads further up. */
function useFollow(count: number): {
  log: { current: HTMLDivElement | null };
  below: number;
  follow: () => void;
  jump: () => void;
} {
  const log = useRef<HTMLDivElement>(null);
  const seen = useRef(count);
  const atEnd = useRef(true);
  const [below, setBelow] = useState(0);
  const jump = () => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
    seen.current = count;
    setBelow(0);
  };
  const follow = () => {
    const box = log.current;
    if (box === null) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < nearEnd;
    if (atEnd.current) jumpCounted();
  };
  const jumpCounted = () => {
    seen.current = count;
    setBelow(0);
  };
  useLayoutEffect(() => {
    if (atEnd.current) jump();
    else setBelow(Math.max(0, count - seen.current));
  }, [count]);
  useLayoutEffect(() => {
    const box = log.current;
    if (box === null) return;
    // Opened, turned, or a keyboard came up: who was at the end stays there.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTo({ top: box.scrollHeight });
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return { log, below, follow, jump };
}
