import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Call } from "../state/mod.ts";
import { ChatBox, chatBoxId } from "./ChatBox.tsx";
import { ChatLines } from "./ChatLines.tsx";
import { AttachKey, ChosenFiles, FileLine } from "./Files.tsx";
import { Panel } from "./Panel.tsx";
import { useWords } from "./words.ts";

/** `onOpen`: somebody went to the message box of a closed panel. */
export interface ChatPanelProps {
  readonly call: Call;
  readonly shown: boolean;
  readonly extra: ComponentChildren;
  readonly onOpen: () => void;
  readonly onClose: () => void;
}

/** The room's chat. Log and box are in the page once they are loaded, open or not. */
export function ChatPanel({ call, shown, extra, onOpen, onClose }: ChatPanelProps): JSX.Element {
  const { chat } = useWords();
  useEffect(() => {
    // On touch screens the focus would bring up a keyboard nobody asked for.
    if (shown && !matchMedia("(pointer: coarse)").matches) {
      document.getElementById(chatBoxId)?.focus();
    }
  }, [shown]);
  return (
    <Panel id="chat" title={chat.title} shown={shown} extra={extra} onClose={onClose}>
      <ChatLines
        chat={call.chat}
        selfName={call.room.self.value.name}
        fileLine={(entry) => <FileLine key={entry.key} call={call} entry={entry} />}
      />
      <ChosenFiles call={call} />
      <ChatBox
        shown={shown}
        onSend={(text) => call.sendChat(text)}
        onFocus={() => shown || onOpen()}
      >
        <AttachKey call={call} shown={shown} />
      </ChatBox>
    </Panel>
  );
}
