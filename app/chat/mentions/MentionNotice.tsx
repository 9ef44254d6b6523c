import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../../call/mod.ts";
import type { LineEntry } from "../chat_entries.ts";
import type { ChatStore } from "../chat_store.ts";
import { chatBoxId } from "../chat_box_id.ts";
import { gist } from "../chat_words.ts";
import { Icon } from "../../ui/Icon.tsx";
import { fill } from "../../ui/phrases.ts";
import { chatMarkWordsOf } from "../../ui/words/late/chat_marks.ts";
import { useWords } from "../../ui/words.ts";
import { isMentioned } from "./mention.ts";

/** Tells that somebody has mentioned this person while the chat is out of view. */
export function MentionNotice({ call, chat }: { call: Call; chat: ChatStore }): JSX.Element {
  const words = useWords();
  const marks = chatMarkWordsOf(words);
  const latest = chat.latest.value;
  const [shown, setShown] = useState<LineEntry>();
  const seen = useRef(latest);
  const unread = chat.unread.value;
  useEffect(() => {
    if (latest === undefined || latest === seen.current) return;
    seen.current = latest;
    const isMine = isMentioned(latest.text, call.room.self.peek().name);
    if (isMine && chat.unread.peek() > 0) setShown(latest);
  }, [latest]);
  useEffect(() => {
    if (unread === 0) setShown(undefined);
  }, [unread]);
  const title = shown && fill(marks.mentioned, { name: shown.name });
  const line = shown && gist(shown, words);
  return (
    <>
      <p class="unseen" role="status">{title && `${title}. ${line}`}</p>
      {shown !== undefined && (
        <div class="pill talk-pill talk-pill-hint mention-pill">
          <Icon name="chat" />
          <span aria-hidden="true">
            <strong dir="auto">{title}</strong>
            <span class="mention-line" dir="auto">{line}</span>
          </span>
          {/* The focus opens the panel. */}
          <button
            type="button"
            class="pill-key"
            onClick={() => document.getElementById(chatBoxId)?.focus()}
          >
            {marks.show}
          </button>
          <button
            type="button"
            class="pill-key pill-no"
            onClick={() => setShown(undefined)}
          >
            {marks.dismiss}
          </button>
        </div>
      )}
    </>
  );
}
