import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { LineEntry } from "./chat_entries.ts";
import type { ChatStore } from "./chat_store.ts";
import { ChatAnnouncer } from "./ChatAnnouncer.tsx";
import { ChatBox } from "./ChatBox.tsx";
import { draftOf, isStranded } from "./chat_draft.ts";
import { ChatLines } from "./ChatLines.tsx";
import { watchChat } from "./chat_notices.ts";
import { AttachKey, LateFileLine, LateFileTray } from "../files/views.ts";
import { extrasOf, rememberExtra } from "../extras/views.ts";
import { loadMenus } from "./lazy.ts";
import { useModule } from "../ui/use_module.ts";
import { useWords } from "../ui/words.ts";

/** `menuAt`: the key of the chat's menu while it is open. */
export interface ChatRoomProps {
  readonly call: Call;
  readonly chat: ChatStore;
  readonly room: string;
  readonly shown: boolean;
  readonly menuAt: HTMLElement | undefined;
  readonly onMenuClose: () => void;
  readonly onOpen: () => void;
}

/** Log and box, with their menus. */
export function ChatRoom(props: ChatRoomProps): JSX.Element {
  const { call, chat, shown, menuAt } = props;
  const [lineMenu, setLineMenu] = useState<{ entry: LineEntry; at: HTMLElement }>();
  const draft = draftOf(call);
  const state = call.room.state.value;
  const selfId = "selfId" in state ? state.selfId : "";
  const isMenuOpen = lineMenu !== undefined || menuAt !== undefined;
  const menus = useModule(loadMenus, shown || isMenuOpen);
  useNotices(props);
  return (
    <>
      <div class="chat-lines">
        <ChatLines
          chat={chat}
          shown={shown}
          selfName={call.room.self.value.name}
          fileLine={(entry) => <LateFileLine key={entry.key} call={call} entry={entry} />}
          menuOf={lineMenu?.entry}
          onMenu={(entry, at) => setLineMenu(lineMenu?.at === at ? undefined : { entry, at })}
        />
        {menus !== undefined && lineMenu !== undefined && (
          <menus.LineMenu
            call={call}
            draft={draft}
            selfId={selfId}
            {...lineMenu}
            onClose={() => setLineMenu(undefined)}
          />
        )}
        {menus !== undefined && menuAt !== undefined && (
          <menus.ChatMenu
            {...{ call, draft, chat }}
            extras={extrasOf(call)}
            remember={rememberExtra}
            room={props.room}
            at={menuAt}
            onClose={props.onMenuClose}
          />
        )}
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
