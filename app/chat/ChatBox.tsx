import type { ComponentChildren, JSX, RefObject } from "preact";
import { useRef } from "preact/hooks";
import { limits } from "../../protocol/limits.ts";
import { codePoints } from "../../protocol/names.ts";
import type { Call } from "../call/mod.ts";
import { type ChatDraft, isStranded as isGone } from "./chat_draft.ts";
import { ChatAim } from "./ChatAim.tsx";
import { chatBoxId } from "./chat_box_id.ts";
import { isChangeable } from "./chat_words.ts";
import { optionId, OptionList, optionListId } from "./OptionList.tsx";
import { Icon } from "../ui/Icon.tsx";
import { counted, fill } from "../ui/phrases.ts";
import { useCompletion } from "./use_completion.ts";
import { useWords } from "../ui/words.ts";

/** `shown`: the panel is open. `onFocus`: the box got the focus, open or not. */
export interface ChatBoxProps {
  readonly call: Call;
  readonly draft: ChatDraft;
  readonly selfId: string;
  readonly shown: boolean;
  readonly onFocus: () => void;
  /** The attach key, in front of the box. */
  readonly children?: ComponentChildren;
}

const countId = "chat-count";
/** The remaining characters are shown below this number. */
const nearLimit = 200;

/** The message box: Enter sends, Shift+Enter breaks the line; neither acts during composition. */
export function ChatBox(props: ChatBoxProps): JSX.Element {
  const { chat, owners } = useWords();
  const { call, draft, shown, onFocus } = props;
  const isReserved = !call.owners.may("chat");
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, to] = [draft.text.value, draft.to.value];
  const isEdit = draft.aim.value.kind === "edit";
  const over = codePoints(text) - limits.chatText;
  const { completion, isStranded, send, press } = useWriting(props, box);
  const label = to === undefined ? chat.message : fill(chat.messageTo, { name: to.name });
  // In a closed panel, screen readers can reach the box, but Tab skips it.
  const tabIndex = shown ? 0 : -1;
  return (
    <form
      class="chat-form notranslate"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {completion.list && <OptionList {...completion.list} onPick={completion.pick} />}
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
          aria-controls={completion.list && optionListId}
          aria-activedescendant={completion.list && optionId(completion.list.chosen)}
          placeholder={isReserved ? owners.chatReserved : label}
          disabled={isReserved}
          enterkeyhint="send"
          value={text}
          onInput={completion.input}
          onKeyDown={press}
          onSelect={completion.look}
          onBlur={completion.close}
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

/** The remaining characters near the limit, or the excess. */
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

/** What keys and the send button do. A stranded draft must not go to everyone instead. */
function useWriting({ call, draft, selfId }: ChatBoxProps, box: RefObject<HTMLTextAreaElement>) {
  const isServerThere = call.room.state.value.kind === "joined";
  const names = call.room.peers.value.map(({ peer }) => peer.value.name);
  const completion = useCompletion(box, { draft, isServerThere, names });
  const aim = draft.aim.value.kind;
  const isStranded = aim !== "edit" && isGone(call, draft.to.value);
  const send = () => {
    // An empty or too long draft is refused and stays.
    if (!isStranded && draft.send()) box.current?.focus();
  };
  const editLast = (event: KeyboardEvent) => {
    const last = call.chat.store.value?.entries.peek().findLast((entry) =>
      isChangeable(entry, selfId)
    );
    if (last?.kind !== "line") return;
    event.preventDefault();
    draft.edit(last);
  };
  const press = (event: KeyboardEvent) => {
    // 229: Safari ends a composition before it reports the Enter that ended it.
    if (event.isComposing || event.keyCode === 229 || completion.press(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === "ArrowUp" && draft.text.value === "" && aim === "new") {
      editLast(event);
    } else if (event.key === "Escape" && draft.cancel()) {
      // Otherwise the panel around it closes too.
      event.stopPropagation();
    }
  };
  return { completion, isStranded, send, press };
}
