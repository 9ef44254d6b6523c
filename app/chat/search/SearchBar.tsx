import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { LineEntry } from "../chat_entries.ts";
import type { ChatStore } from "../chat_store.ts";
import { Icon } from "../../ui/Icon.tsx";
import { fill } from "../../ui/phrases.ts";
import { chatMarkWordsOf } from "../../ui/words/late/chat_marks.ts";
import { useWords } from "../../ui/words.ts";
import { searchLines } from "./search.ts";

/** Opens and closes the search. */
export function SearchKey({ shown, isOpen, onPress }: {
  readonly shown: boolean;
  readonly isOpen: boolean;
  readonly onPress: () => void;
}): JSX.Element {
  const { search } = chatMarkWordsOf(useWords());
  return (
    <button
      type="button"
      class="quiet-key"
      tabIndex={shown ? 0 : -1}
      aria-label={search}
      aria-expanded={isOpen}
      title={search}
      onClick={onPress}
    >
      <svg class="icon" width={20} height={20} viewBox="0 0 24 24" aria-hidden="true">
        <path d="M3 11a8 8 0 1 0 16 0a8 8 0 1 0-16 0M21 21l-4.3-4.3" />
      </svg>
    </button>
  );
}

/** The search in the lines: Enter goes to the one before, Shift+Enter to the one after. */
export function SearchBar({ chat, onShow, onClose }: {
  readonly chat: ChatStore;
  readonly onShow: (entry: LineEntry) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const words = chatMarkWordsOf(useWords());
  const box = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState("");
  /** Undefined: the newest one. */
  const [chosen, setChosen] = useState<string>();
  const found = searchLines(chat.entries.value, query);
  const at = chosen === undefined ? -1 : found.findIndex(({ key }) => key === chosen);
  // Before the next key: an effect comes after a picture, and a fast hand writes before it.
  useLayoutEffect(() => box.current?.focus(), []);
  const go = (step: -1 | 1) => {
    const from = at < 0 ? (step < 0 ? found.length : -1) : at;
    const next = found[(from + step + found.length) % found.length];
    if (next === undefined) return;
    setChosen(next.key);
    onShow(next);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter" && event.target === box.current && !event.isComposing) {
      go(event.shiftKey ? 1 : -1);
    } else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
    // Otherwise the panel around it closes too.
    event.stopPropagation();
  };
  const count = found.length;
  const status = query.trim() === ""
    ? ""
    : count === 0
    ? words.noneFound
    : fill(words.found, { at: at < 0 ? "–" : at + 1, count });
  return (
    <div class="chat-search notranslate" translate={false} role="search" onKeyDown={press}>
      <input
        ref={box}
        class="field"
        type="search"
        dir="auto"
        aria-label={words.find}
        placeholder={words.find}
        value={query}
        onInput={({ currentTarget }) => {
          setQuery(currentTarget.value);
          setChosen(undefined);
        }}
      />
      <p class="chat-search-count" role="status">{status}</p>
      <SearchStep label={words.before} icon="up" isIdle={count === 0} onStep={() => go(-1)} />
      <SearchStep label={words.after} icon="down" isIdle={count === 0} onStep={() => go(1)} />
      <SearchStep label={words.close} icon="close" onStep={onClose} />
    </div>
  );
}

function SearchStep({ label, icon, isIdle = false, onStep }: {
  readonly label: string;
  readonly icon: "up" | "down" | "close";
  readonly isIdle?: boolean;
  readonly onStep: () => void;
}): JSX.Element {
  return (
    <button
      type="button"
      class="quiet-key"
      aria-label={label}
      title={label}
      disabled={isIdle}
      onClick={onStep}
    >
      <Icon name={icon} />
    </button>
  );
}
