/** Emoji and people in a text box: suggests while typing, replaces complete emoji names. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ChatDraft } from "./chat_draft.ts";
import type { Option } from "./completion.ts";
import { loadCompletion } from "./marks/lazy.ts";
import { useModule } from "../ui/use_module.ts";

/** The state of the box. `press` returns whether the list consumed the key. */
export interface CompletionHelp {
  readonly list: { readonly suggested: readonly Option[]; readonly chosen: number } | undefined;
  readonly press: (event: KeyboardEvent) => boolean;
  readonly pick: (option: Option) => void;
  /** The text has changed through this event. */
  readonly input: (event?: Event) => void;
  /** The caret may have moved. */
  readonly look: () => void;
  readonly close: () => void;
}

/** What the box writes to, and whom it may mention. */
interface CompletionOptions {
  readonly draft: ChatDraft;
  readonly isServerThere: boolean;
  readonly names: readonly string[];
}

/** Help at the caret of a text box. `names`: the people in the room. */
export function useCompletion(
  box: { readonly current: HTMLTextAreaElement | null },
  { draft, isServerThere, names }: CompletionOptions,
): CompletionHelp {
  const [begun, setBegun] = useState<string>();
  const [chosen, setChosen] = useState(0);
  const wanted = isServerThere && /:[a-z]|@/.test(draft.text.value);
  const late = useModule(loadCompletion, wanted);
  const suggested = begun && late?.optionsFor(begun, names) || [];
  const look = () => {
    const now = caretOf(box.current);
    setBegun(now && late?.begunAt(now.before));
    setChosen(0);
  };
  const isPutting = useRef(false);
  const undone = useRef(new UndoneName());
  const replaceBefore = (before: string, next: string) => {
    if (box.current === null) return;
    isPutting.current = true;
    insert(box.current, { before, next });
    isPutting.current = false;
    draft.write(box.current.value);
    look();
  };
  const input = (event?: Event) => {
    const caret = caretOf(box.current);
    const type = event instanceof InputEvent ? event.inputType : "";
    undone.current.note(type, box);
    // A name restored by Ctrl+Z stays a name.
    const isWritten = hasFocus(box.current) && !/^(history|delete)/.test(type);
    const next = isWritten && !isPutting.current && caret && late?.completed(caret.before);
    if (caret && next) return replaceBefore(caret.before, next);
    if (box.current !== null) draft.write(box.current.value);
    look();
  };
  // At once: before another effect the text may have been sent, and this would write it again.
  useLayoutEffect(() => input(), [late]);
  const pick = (option: Option) => {
    const caret = caretOf(box.current);
    if (caret && late) replaceBefore(caret.before, late.withOption(caret, option).before);
  };
  const press = (event: KeyboardEvent) => {
    undone.current.settle();
    const option = suggested[chosen];
    const before = caretOf(box.current)?.before;
    // The suggestions may be older than the text; then this key is not for them.
    const isOfText = before !== undefined && late?.begunAt(before) === begun;
    if (option === undefined || !isOfText || event.shiftKey) return false;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step !== undefined) setChosen((chosen + step + suggested.length) % suggested.length);
    else if (event.key === "Enter" || event.key === "Tab") pick(option);
    else if (event.key === "Escape") setBegun(undefined);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const list = suggested.length > 0 ? { suggested, chosen } : undefined;
  return { list, press, pick, input, look, close: () => setBegun(undefined) };
}

interface Caret {
  readonly before: string;
  readonly after: string;
}

/**
 * Inserts as if typed, so that Ctrl+Z undoes it; at once, because more letters may come before the
 * next render.
 */
function insert(
  box: HTMLTextAreaElement,
  { before, next }: { before: string; next: string },
): void {
  let same = 0;
  while (same < next.length && before[same] === next[same]) same++;
  box.setSelectionRange(same, before.length);
  const text = next.slice(same);
  // Only this old command is undoable in all browsers.
  if (!document.execCommand("insertText", false, text)) {
    box.setRangeText(text, same, before.length, "end");
  }
}

function hasFocus(box: Element | null): boolean {
  return document.activeElement === box;
}

/**
 * Ctrl+Z restores a name as a selection, which the next letter would overwrite. The browser selects
 * it after the event, and the next key may come before a timer.
 */
class UndoneName {
  #box: HTMLTextAreaElement | null = null;

  note(inputType: string, box: { readonly current: HTMLTextAreaElement | null }): void {
    this.#box = inputType === "historyUndo" ? box.current : null;
    if (this.#box !== null) setTimeout(() => this.settle());
  }

  /** Moves the caret behind the name. */
  settle(): void {
    const box = this.#box;
    this.#box = null;
    if (box === null) return;
    const { value, selectionStart, selectionEnd } = box;
    const isName = /^\\?:\w+:?$/.test(value.slice(selectionStart, selectionEnd));
    if (isName) box.setSelectionRange(selectionEnd, selectionEnd);
  }
}

/** The text on both sides of the caret; undefined if there is a selection. */
function caretOf(box: HTMLTextAreaElement | null): Caret | undefined {
  if (box === null || box.selectionStart !== box.selectionEnd) return undefined;
  const { value, selectionStart: at } = box;
  return { before: value.slice(0, at), after: value.slice(at) };
}
