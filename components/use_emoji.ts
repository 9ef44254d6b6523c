/** Emoji names in a text box: suggests while one is written, replaces one that is complete. */
import { useEffect, useState } from "preact/hooks";
import type { ChatDraft } from "./chat_draft.ts";
import {
  completed,
  mentionsEmoji,
  nameBefore,
  type Suggestion,
  suggestions,
  withEmoji,
} from "./emoji.ts";
import { useModule } from "./later.ts";

/** What the box shows and does about emoji. `press` says whether the key was for the list. */
export interface EmojiHelp {
  readonly list: { readonly suggested: readonly Suggestion[]; readonly chosen: number } | undefined;
  readonly press: (event: KeyboardEvent) => boolean;
  readonly pick: (emoji: string) => void;
  /** The text has changed. */
  readonly input: () => void;
  /** The caret may have moved. */
  readonly look: () => void;
  readonly close: () => void;
}

/** Works on the draft through the box's caret. */
export function useEmoji(
  box: { readonly current: HTMLTextAreaElement | null },
  { draft, isServerThere }: { draft: ChatDraft; isServerThere: boolean },
): EmojiHelp {
  const text = draft.text.value;
  const [name, setName] = useState<string>();
  const [chosen, setChosen] = useState(0);
  const wanted = isServerThere && mentionsEmoji(text);
  const table = useModule(() => import("./emoji_table.ts"), wanted)?.emoji;
  const suggested = table === undefined || name === undefined ? [] : suggestions(table, name);
  const look = () => {
    const now = caretOf(box.current);
    setName(now && nameBefore(now.before));
    setChosen(0);
  };
  const put = ({ before, after }: Caret) => {
    if (box.current === null) return;
    // At once and not with the next drawing: there may be more letters before that, and the caret must stay.
    box.current.value = before + after;
    box.current.setSelectionRange(before.length, before.length);
    draft.write(before + after);
    look();
  };
  const input = () => {
    const caret = caretOf(box.current);
    const before = caret && table && completed(table, caret.before);
    if (caret && before !== undefined) return put({ before, after: caret.after });
    if (box.current !== null) draft.write(box.current.value);
    look();
  };
  useEffect(input, [table]);
  const pick = (emoji: string) => {
    const caret = caretOf(box.current);
    if (caret !== undefined) put(withEmoji(caret, emoji));
  };
  const press = (event: KeyboardEvent) => {
    const { emoji } = suggested[chosen] ?? {};
    const now = caretOf(box.current);
    // What was suggested before the last letters is not meant by this key.
    const isStale = now === undefined || nameBefore(now.before) !== name;
    if (emoji === undefined || isStale || event.shiftKey) return false;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step !== undefined) setChosen((chosen + step + suggested.length) % suggested.length);
    else if (event.key === "Enter" || event.key === "Tab") pick(emoji);
    else if (event.key === "Escape") setName(undefined);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const list = suggested.length === 0 ? undefined : { suggested, chosen };
  return { list, press, pick, input, look, close: () => setName(undefined) };
}

interface Caret {
  readonly before: string;
  readonly after: string;
}

/** The text on both sides of the caret; undefined where something is selected. */
function caretOf(box: HTMLTextAreaElement | null): Caret | undefined {
  if (box === null || box.selectionStart !== box.selectionEnd) return undefined;
  const { value, selectionStart: at } = box;
  return { before: value.slice(0, at), after: value.slice(at) };
}
