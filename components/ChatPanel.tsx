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

/** The room's chat. Log and box are in the page soon after joining, open or not; the call does not wait for them. */
export function ChatPanel(props: ChatPanelProps): JSX.Element {
  const { call, room, shown, extra, onOpen, onReady, onClose } = props;
  const { chat } = useWords();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const key = useRef<HTMLButtonElement>(null);
  const isServerThere = call.room.state.value.kind === "joined";
  const ChatRoom = useModule(() => import("./ChatRoom.tsx"), isServerThere)?.ChatRoom;
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
