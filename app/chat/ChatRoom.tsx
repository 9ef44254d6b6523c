import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { LineEntry } from "./chat_entries.ts";
import type { ChatStore } from "./chat_store.ts";
import { ChatAnnouncer } from "./ChatAnnouncer.tsx";
import { ChatBox } from "./ChatBox.tsx";
import { type ChatDraft, draftOf, isStranded } from "./chat_draft.ts";
import { ChatLines, jumpTo, showLine } from "./ChatLines.tsx";
import { chatBoxId } from "./chat_box_id.ts";
import { watchChat } from "./chat_notices.ts";
import { AttachKey, LateFileLine, LateFileTray } from "../files/views.ts";
import { extrasOf, rememberExtra } from "../extras/views.ts";
import { type LateLines, loadMenus } from "./marks/lazy.ts";
import { useModule } from "../ui/use_module.ts";
import { useWords } from "../ui/words.ts";

/** `menuAt`: the key of the chat's menu while it is open. */
export interface ChatRoomProps {
  readonly call: Call;
  readonly chat: ChatStore;
  readonly room: string;
  readonly shown: boolean;
  readonly lines: LateLines | undefined;
  readonly isSearching: boolean;
  readonly onSearch: (isOpen: boolean) => void;
  readonly menuAt: HTMLElement | undefined;
  readonly onMenuClose: () => void;
  readonly onOpen: () => void;
}

/** Log and box, with their menus. */
export function ChatRoom(props: ChatRoomProps): JSX.Element {
  const { call, chat, shown, lines, menuAt } = props;
  const [lineMenu, setLineMenu] = useState<AtLine>();
  const draft = draftOf(call);
  const state = call.room.state.value;
  const selfId = "selfId" in state ? state.selfId : "";
  const isMenuOpen = lineMenu !== undefined || menuAt !== undefined;
  const menus = useModule(loadMenus, shown || isMenuOpen);
  useNotices(props);
  useSearchShortcut(props);
  return (
    <>
      {lines && <Above {...props} lines={lines} />}
      <div class="chat-lines">
        <ChatLines
          call={call}
          chat={chat}
          lines={lines}
          shown={shown}
          selfId={selfId}
          selfName={call.room.self.value.name}
          fileLine={(entry) => <LateFileLine key={entry.key} call={call} entry={entry} />}
          menuOf={lineMenu?.entry}
          onMenu={(entry, at) => setLineMenu(lineMenu?.at === at ? undefined : { entry, at })}
        />
        <Menus {...props} {...{ draft, selfId, menus, lineMenu, onLineMenu: setLineMenu }} />
        {lines && <lines.Writers call={call} shown={shown} />}
      </div>
      <LateFileTray
        call={call}
        person={draft.fileTo}
        isStranded={isStranded(call, draft.fileTo)}
        isFixed={draft.aim.value.kind === "edit"}
        onPerson={(person) => draft.address(person)}
      />
      <ChatBox
        call={call}
        draft={draft}
        selfId={selfId}
        shown={shown}
        onFocus={() => shown || props.onOpen()}
      >
        <AttachKey call={call} shown={shown} />
      </ChatBox>
      <ChatAnnouncer chat={chat} />
    </>
  );
}

/** The menus of a line and of the chat, and the signs to react with. */
function Menus(
  props: ChatRoomProps & {
    readonly draft: ChatDraft;
    readonly selfId: string;
    readonly menus: Awaited<ReturnType<typeof loadMenus>> | undefined;
    readonly lineMenu: AtLine | undefined;
    readonly onLineMenu: (lineMenu: AtLine | undefined) => void;
  },
): JSX.Element {
  const { call, chat, lines, menuAt, draft, selfId, menus, lineMenu, onLineMenu } = props;
  const words = useWords();
  const [picker, setPicker] = useState<AtLine>();
  return (
    <>
      {menus !== undefined && lineMenu !== undefined && (
        <menus.LineMenu
          {...{ call, draft, selfId }}
          {...lineMenu}
          also={lines?.lineRows}
          onReact={() => setPicker(lineMenu)}
          onClose={() => onLineMenu(undefined)}
        />
      )}
      {lines !== undefined && picker !== undefined && (
        <lines.MarkPicker
          {...{ call, selfId }}
          {...picker}
          onClose={() => setPicker(undefined)}
        />
      )}
      {menus !== undefined && menuAt !== undefined && (
        <menus.ChatMenu
          {...{ call, draft, chat }}
          extras={extrasOf(call)}
          remember={rememberExtra}
          also={lines?.chatRows(call, words)}
          room={props.room}
          at={menuAt}
          onClose={props.onMenuClose}
        />
      )}
    </>
  );
}

/** A line, and the key by which something about it was opened. */
interface AtLine {
  readonly entry: LineEntry;
  readonly at: HTMLElement;
}

/** The search and the pinned line. */
function Above(
  { call, chat, shown, lines, isSearching, onSearch }: ChatRoomProps & {
    readonly lines: LateLines;
  },
): JSX.Element {
  return (
    <>
      {isSearching && (
        <lines.SearchBar
          chat={chat}
          onShow={showLine}
          onClose={() => {
            onSearch(false);
            document.getElementById(chatBoxId)?.focus();
          }}
        />
      )}
      <lines.PinStrip
        call={call}
        shown={shown}
        lines={chat.entries.value.filter((entry) => entry.kind === "line")}
        onJump={jumpTo}
      />
    </>
  );
}

/** Ctrl+F in the panel searches the chat, not the page; a second time, the page. */
function useSearchShortcut({ shown, lines, isSearching, onSearch }: ChatRoomProps): void {
  // A layout effect: the next Ctrl+F may come before the next picture.
  useLayoutEffect(() => {
    const panel = document.getElementById("chat");
    if (!shown || lines === undefined || isSearching || panel === null) return;
    const press = (event: KeyboardEvent) => {
      const isFind = event.key.toLowerCase() === "f" && (event.ctrlKey || event.metaKey);
      if (!isFind || event.shiftKey || event.altKey) return;
      event.preventDefault();
      onSearch(true);
    };
    panel.addEventListener("keydown", press);
    return () => panel.removeEventListener("keydown", press);
  }, [shown, lines, isSearching]);
}

/** Sound and notifications, if either is turned on. */
function useNotices({ call, chat, room, shown, onOpen }: ChatRoomProps): void {
  const words = useWords();
  const { chatSound, chatNotices } = call.book.current.value;
  const wanted = chatSound || chatNotices;
  const now = useRef({ words, shown, onOpen });
  now.current = { words, shown, onOpen };
  useEffect(() => {
    if (!wanted) return;
    return watchChat(chat, {
      book: call.book,
      room,
      words: () => now.current.words,
      isOpen: () => now.current.shown,
      onOpen: () => now.current.onOpen(),
    });
  }, [wanted]);
}
