import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { ChatEntry } from "./chat_entries.ts";
import type { ChatStore } from "./chat_store.ts";
import { spoken } from "./chat_words.ts";
import { counted } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

const everyMs = 2_000;
const mostAtOnce = 3;

/** Announces joins, leaves and messages; at most once in two seconds, many as a number. */
export function ChatAnnouncer({ chat }: { chat: ChatStore }): JSX.Element {
  const words = useWords();
  const [said, setSaid] = useState("");
  useEffect(() => {
    let known = new Set(chat.entries.peek().map(({ key }) => key));
    const timer = setInterval(() => {
      const entries = chat.entries.peek();
      const news = entries.filter((entry) => !known.has(entry.key) && isNews(entry));
      known = new Set(entries.map(({ key }) => key));
      if (news.length === 0) return;
      setSaid(
        news.length > mostAtOnce
          ? counted(words.room.unread, { count: news.length, locale: words.common.locale })
          : news.map((entry) => spoken(entry, words)).join(". "),
      );
    }, everyMs);
    return () => clearInterval(timer);
  }, [chat, words]);
  return <p class="unseen notranslate" translate={false} role="status">{said}</p>;
}

function isNews(entry: ChatEntry): boolean {
  return entry.kind === "happened" || !entry.own;
}
