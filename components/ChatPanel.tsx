import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../state/mod.ts";
import { Icon } from "./Icon.tsx";
import { useModule } from "./lazy.ts";
import { Panel } from "./Panel.tsx";
import { useWords } from "./words.ts";

/** `onOpen`: somebody went to the message box of a closed panel. `onReady`: log and box are there. */
export interface ChatPanelProps {
  readonly call: Call;
  readonly room: string;
  readonly shown: boolean;
  readonly extra: ComponentChildren;
  readonly onOpen: () => void;
  readonly onReady: () => void;
  readonly onClose: () => void;
}

/** The first picture goes first; who opens the chat before waits for nothing. */
const loadAfterMs = 400;

/** The room's chat. Log and box are in the page soon after joining, open or not. */
export function ChatPanel(props: ChatPanelProps): JSX.Element {
  const { call, room, shown, extra, onOpen, onReady, onClose } = props;
  const { chat } = useWords();
  const [isTime, setTime] = useState(false);
  const [isMenuOpen, setMenuOpen] = useState(false);
  const key = useRef<HTMLButtonElement>(null);
  const ChatRoom = useModule(() => import("./ChatRoom.tsx"), shown || isTime)?.ChatRoom;
  useEffect(() => {
    const timer = setTimeout(() => setTime(true), loadAfterMs);
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (ChatRoom !== undefined) onReady();
  }, [ChatRoom]);
  return (
    <Panel
      id="chat"
      title={chat.title}
      shown={shown}
      extra={[
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
      {ChatRoom !== undefined && (
        <ChatRoom
          call={call}
          room={room}
          shown={shown}
          menuAt={shown && isMenuOpen && key.current !== null ? key.current : undefined}
          onMenuClose={() => setMenuOpen(false)}
          onOpen={onOpen}
        />
      )}
    </Panel>
  );
}
