/** The rows that reactions, pins and signs add to the menus of lines and of the chat. */
import type { Call } from "../../call/mod.ts";
import type { LineEntry } from "../chat_entries.ts";
import type { MenuRow } from "../../ui/Menu.tsx";
import { chatMarkWordsOf } from "../../ui/words/late/chat_marks.ts";
import type { Words } from "../../ui/words/mod.ts";
import { signsOf } from "./extra.tsx";
import { isMarkable } from "./marked_call.ts";

/** For the menu of a line. `onReact` opens the picker. */
export function lineRows(
  call: Call,
  { entry, words, onReact }: {
    readonly entry: LineEntry;
    readonly words: Words;
    readonly onReact: () => void;
  },
): MenuRow[] {
  const signs = signsOf(call).value;
  if (signs === undefined || !isMarkable(entry)) return [];
  const { react, pin, unpin } = chatMarkWordsOf(words);
  const rows: MenuRow[] = [];
  if (signs.mayMark) rows.push({ kind: "act", label: react, icon: "react", onPick: onReact });
  if (!signs.mayPin || entry.to !== undefined) return rows;
  const pinned = signs.marks.pinned.value;
  const isPinned = pinned?.from === entry.from && pinned.ref === entry.ref;
  rows.push({
    kind: "act",
    label: isPinned ? unpin : pin,
    icon: isPinned ? "pin-off" : "pin",
    onPick: () => signs.marks.pin(entry, !isPinned),
  });
  return rows;
}

/** For the menu of the chat. */
export function chatRows(call: Call, words: Words): MenuRow[] {
  const reading = signsOf(call).value?.reading;
  if (reading === undefined) return [];
  const { tellsSigns, tellsSignsNote } = chatMarkWordsOf(words);
  const on = reading.tells.value;
  return [{
    kind: "switch",
    label: tellsSigns,
    icon: "eye",
    on,
    note: tellsSignsNote,
    onPick: () => reading.setTells(!on),
  }];
}
