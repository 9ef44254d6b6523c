import type { ComponentChildren, JSX, RefObject } from "preact";
import { useRef } from "preact/hooks";
import { limits } from "../../protocol/limits.ts";
import { codePoints } from "../../protocol/names.ts";
import type { Call } from "../call/mod.ts";
import { type ChatDraft, isStranded as isGone } from "./chat_draft.ts";
import { ChatAim } from "./ChatAim.tsx";
import { chatBoxId } from "./chat_box_id.ts";
import { isChangeable } from "./chat_words.ts";
import { EmojiList, emojiListId, emojiOptionId } from "./EmojiList.tsx";
import { Icon } from "../ui/Icon.tsx";
import { counted, fill } from "../ui/phrases.ts";
import { useEmoji } from "./use_emoji.ts";
import { useWords } from "../ui/words.ts";

/** `shown`: the panel is open. `onFocus`: somebody went to the box, open or not. */
export interface ChatBoxProps {
  readonly call: Call;
  readonly draft: ChatDraft;
  readonly selfId: string;
  readonly shown: boolean;
  readonly onFocus: () => void;
  /** A key in front of the box. */
  readonly children?: ComponentChildren;
}

const countId = "chat-count";
/** From so many characters before the limit on, what is left is told. */
const nearLimit = 200;

/** Writes a line: Enter sends, Shift+Enter breaks, and neither while an input method is composing. */
export function ChatBox(props: ChatBoxProps): JSX.Element {
  const { chat, owners } = useWords();
  const { call, draft, shown, onFocus } = props;
  const isReserved = !call.owners.may("chat");
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, to] = [draft.text.value, draft.to.value];
  const isEdit = draft.aim.value.kind === "edit";
  const over = codePoints(text) - limits.chatText;
  const { emoji, isStranded, send, press } = useWriting(props, box);
  const label = to === undefined ? chat.message : fill(chat.messageTo, { name: to.name });
  // While the panel is closed the box stays reachable for screen readers, but Tab passes it by.
  const tabIndex = shown ? 0 : -1;
  return (
    <form
      class="chat-form notranslate"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {emoji.list && <EmojiList {...emoji.list} onPick={emoji.pick} />}
      <ChatAim draft={draft} isStranded={isStranded} onDone={() => box.current?.focus()} />
      <Count over={over} />
      {props.children}
      <div class="grow" data-text={text}>
        <textarea
          id={chatBoxId}
          ref={box}
          class="field"
          dir="auto"
          rows={1}
          tabIndex={tabIndex}
          aria-label={isEdit ? chat.editing : label}
          aria-describedby={over > -nearLimit ? countId : undefined}
          aria-autocomplete="list"
          aria-controls={emoji.list && emojiListId}
          aria-activedescendant={emoji.list && emojiOptionId(emoji.list.chosen)}
          placeholder={isReserved ? owners.chatReserved : label}
          disabled={isReserved}
          enterkeyhint="send"
          value={text}
          onInput={emoji.input}
          onKeyDown={press}
          onSelect={emoji.look}
          onBlur={emoji.close}
          onFocus={onFocus}
        />
      </div>
      <button
        type="submit"
        class="primary send"
        tabIndex={tabIndex}
        aria-label={isEdit ? chat.saveEdit : chat.send}
        aria-disabled={isStranded || isReserved || undefined}
      >
        <Icon name={isEdit ? "check" : "send"} />
      </button>
    </form>
  );
}

/** What is left near the limit, and how much is too much. */
function Count({ over }: { over: number }): JSX.Element | null {
  const { chat, common: { locale } } = useWords();
  if (over > 0) {
    return (
      <p class="field-error" id={countId} role="alert">
        {counted(chat.tooLong, { count: over, locale })}
      </p>
    );
  }
  if (over <= -nearLimit) return null;
  return (
    <p class="chat-count" id={countId}>
      {counted(chat.room, { count: -over, locale })}
    </p>
  );
}

/** What keys and the send button do. `isStranded`: whom it is for has gone, and it must not go to everybody instead. */
function useWriting({ call, draft, selfId }: ChatBoxProps, box: RefObject<HTMLTextAreaElement>) {
  const isServerThere = call.room.state.value.kind === "joined";
  const emoji = useEmoji(box, { draft, isServerThere });
  const aim = draft.aim.value.kind;
  const isStranded = aim !== "edit" && isGone(call, draft.to.value);
  const send = () => {
    // Too long or empty it is not taken, and stays.
    if (!isStranded && draft.send()) box.current?.focus();
  };
  const editLast = (event: KeyboardEvent) => {
    const last = call.chat.entries.peek().findLast((entry) => isChangeable(entry, selfId));
    if (last?.kind !== "said") return;
    event.preventDefault();
    draft.edit(last);
  };
  const press = (event: KeyboardEvent) => {
    // 229: Safari ends a composition before it tells of the Enter that ended it.
    if (event.isComposing || event.keyCode === 229 || emoji.press(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && draft.text.value === "" && aim === "say") {
      editLast(event);
    } else if (event.key === "Escape" && draft.cancel()) {
      // The panel around it would close, too.
      event.stopPropagation();
    }
  };
  return { emoji, isStranded, send, press };
}
