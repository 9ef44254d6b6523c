import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { ChatStore } from "./chat_store.ts";
import { draftOf } from "./chat_draft.ts";
import { attempt } from "../../protocol/attempt.ts";
import { chatBoxId } from "./chat_box_id.ts";
import { ChatRoom } from "./ChatRoom.tsx";
import { wantExtra } from "../extras/views.ts";
import { type LateLines, useLines } from "./marks/lazy.ts";
import { Icon } from "../ui/Icon.tsx";
import { Panel } from "../ui/Panel.tsx";
import { useWords } from "../ui/words.ts";
import { matches } from "../ui/this_browser.ts";

/** `onOpen`: the box of a closed panel got the focus. `onReady`: log and box are drawn. */
export interface ChatPanelProps {
  readonly call: Call;
  readonly room: string;
  readonly shown: boolean;
  readonly extra: ComponentChildren;
  readonly onOpen: () => void;
  readonly onClose: () => void;
}

/** The room's chat. Once loaded, log and box stay in the page, open or not. */
export function ChatPanel(props: ChatPanelProps): JSX.Element | null {
  const chat = props.call.chat.store.value;
  return chat === undefined ? null : <LoadedPanel {...props} chat={chat} />;
}

function LoadedPanel(props: ChatPanelProps & { readonly chat: ChatStore }): JSX.Element {
  const { call, chat: store, room, shown, extra, onOpen, onClose } = props;
  const { chat } = useWords();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isSearching, setSearching] = useState(false);
  const lines = useLateLines(props);
  const key = useRef<HTMLButtonElement>(null);
  // Before the first paint, so that keys typed right away go here.
  useLayoutEffect(() => {
    if (!shown) return;
    // Focusing the box would open an on-screen keyboard; typing in the log reaches the box anyway.
    const log = matches("(pointer: coarse)") && document.querySelector<HTMLElement>(".chat-log");
    (log || document.getElementById(chatBoxId))?.focus();
  }, [shown]);
  useSeen(store, shown);
  return (
    <Panel
      id="chat"
      title={chat.title}
      shown={shown}
      extra={[
        lines && (
          <lines.SearchKey
            key="search"
            shown={shown}
            isOpen={isSearching}
            onPress={() => setSearching(!isSearching)}
          />
        ),
        <button
          key="menu"
          type="button"
          class="quiet-key chat-menu-key"
          ref={key}
          aria-label={chat.menu}
          aria-haspopup="menu"
          aria-expanded={isMenuOpen}
          onClick={() => setMenuOpen(!isMenuOpen)}
        >
          <Icon name="more" />
        </button>,
        extra,
      ]}
      onClose={onClose}
    >
      <ChatRoom
        call={call}
        chat={store}
        room={room}
        shown={shown}
        lines={lines}
        isSearching={shown && isSearching}
        onSearch={setSearching}
        menuAt={shown && isMenuOpen && key.current !== null ? key.current : undefined}
        onMenuClose={() => setMenuOpen(false)}
        onOpen={onOpen}
      />
    </Panel>
  );
}

/** What is drawn in and around lines, and the signs of this chat. */
function useLateLines(
  { call, chat, room, shown }: Pick<ChatPanelProps, "call" | "room" | "shown"> & {
    readonly chat: ChatStore;
  },
): LateLines | undefined {
  const isWanted = shown || chat.entries.value.some(({ kind }) => kind === "line");
  useEffect(() => {
    if (isWanted) wantExtra(call, "chat");
  }, [isWanted]);
  const lines = useLines(isWanted);
  useEffect(() =>
    lines?.keepDraft(draftOf(call), {
      room,
      isSealed: call.secret.peek() !== undefined,
      disk: attempt(() => sessionStorage),
    }), [lines]);
  return lines;
}

/** An open panel marks the chat as seen, in a visible page. */
function useSeen(chat: ChatStore, shown: boolean): void {
  useEffect(() => {
    const look = () => chat.setSeen(shown && !document.hidden);
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [shown]);
}
