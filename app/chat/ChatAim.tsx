import type { JSX } from "preact";
import type { ChatDraft } from "./chat_draft.ts";
import { gist } from "./chat_words.ts";
import { Icon, type IconProps } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** `isStranded`: the addressee is not in the room. */
export interface ChatAimProps {
  readonly draft: ChatDraft;
  readonly isStranded: boolean;
  readonly onDone: () => void;
}

/**
 * Above the message box: a private addressee, or the line being answered or edited, each with a way
 * to cancel.
 */
export function ChatAim({ draft, isStranded, onDone }: ChatAimProps): JSX.Element {
  const words = useWords();
  const { chat } = words;
  const aim = draft.aim.value;
  const isEdit = aim.kind === "edit";
  const to = isEdit ? aim.line.to : draft.to.value;
  const name = to?.name ?? "";
  const end = (finish: () => void) => () => {
    finish();
    onDone();
  };
  return (
    <>
      {to !== undefined && (
        <Strip
          icon={isStranded ? "alert" : "lock"}
          tone={isStranded ? "warn" : "private"}
          undo={isEdit ? undefined : chat.everyone}
          onUndo={end(() => draft.address(undefined))}
        >
          {fill(isStranded ? chat.stranded : chat.privateTo, { name })}
        </Strip>
      )}
      {aim.kind !== "new" && (
        <Strip
          icon={isEdit ? "pencil" : "reply"}
          undo={chat.cancel}
          onUndo={end(() => void draft.cancel())}
        >
          {isEdit ? chat.editing : fill(chat.answering, { name: aim.line.name })}
          {!isEdit && <span class="chat-aim-gist" dir="auto">{gist(aim.line, words)}</span>}
        </Strip>
      )}
    </>
  );
}

function Strip({ icon, tone, undo, onUndo, children }: {
  icon: IconProps["name"];
  tone?: "private" | "warn";
  undo: string | undefined;
  onUndo: () => void;
  children: JSX.Element | string | (JSX.Element | string | false)[];
}): JSX.Element {
  return (
    <p class={`chat-aim ${tone ?? ""}`}>
      <Icon name={icon} size={16} />
      <span class="chat-aim-words">{children}</span>
      {undo !== undefined && (
        <button type="button" class="chat-aim-undo" aria-label={undo} title={undo} onClick={onUndo}>
          <Icon name="close" size={16} />
        </button>
      )}
    </p>
  );
}
