import type { ComponentChildren, JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { limits } from "../protocol/limits.ts";
import { codePoints } from "../protocol/names.ts";
import { Icon } from "./Icon.tsx";
import { counted } from "./phrases.ts";
import { useWords } from "./words.ts";

/** `shown`: the panel is open. `onSend` says whether the line was taken. */
export interface ChatBoxProps {
  readonly shown: boolean;
  readonly onSend: (text: string) => boolean;
  readonly onFocus: () => void;
  /** A key in front of the box. */
  readonly children?: ComponentChildren;
}

/** The id other parts move the focus to. */
export const chatBoxId = "chat-box";

/** Writes a line: Enter sends, Shift+Enter breaks, and neither while an input method is composing. */
export function ChatBox({ shown, onSend, onFocus, children }: ChatBoxProps): JSX.Element {
  const { chat, common } = useWords();
  const [text, setText] = useState("");
  const box = useRef<HTMLTextAreaElement>(null);
  const over = codePoints(text) - limits.chatText;
  const send = () => {
    if (text.trim() === "" || over > 0 || !onSend(text.trim())) return;
    setText("");
    box.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    // 229: Safari ends a composition before it tells of the Enter that ended it.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) {
      return;
    }
    event.preventDefault();
    send();
  };
  // While the panel is closed the box stays reachable for screen readers, but Tab passes it by.
  const tabIndex = shown ? 0 : -1;
  return (
    <form
      class="chat-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {over > 0 && (
        <p class="field-error" role="alert">
          {counted(chat.tooLong, { count: over, locale: common.locale })}
        </p>
      )}
      {children}
      <div class="grow" data-text={text}>
        <textarea
          id={chatBoxId}
          ref={box}
          class="field"
          rows={1}
          tabIndex={tabIndex}
          aria-label={chat.message}
          placeholder={chat.message}
          enterkeyhint="send"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={press}
          onFocus={onFocus}
        />
      </div>
      <button type="submit" class="primary send" tabIndex={tabIndex} aria-label={chat.send}>
        <Icon name="send" />
      </button>
    </form>
  );
}
