import type { JSX } from "preact";
import type { LineEntry } from "./chat_entries.ts";
import type { Call } from "../call/mod.ts";
import type { ChatDraft } from "./chat_draft.ts";
import type { lineRows } from "./marks/rows.ts";
import { chatBoxId } from "./chat_box_id.ts";
import { isChangeable, isDeletable } from "./chat_words.ts";
import { Menu, type MenuRow } from "../ui/Menu.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";
import { attempt } from "../../protocol/attempt.ts";

/** `at`: the line's key. */
export interface LineMenuProps {
  readonly call: Call;
  readonly draft: ChatDraft;
  readonly entry: LineEntry;
  readonly selfId: string;
  readonly at: HTMLElement;
  /** Further rows, once they are loaded. */
  readonly also: typeof lineRows | undefined;
  readonly onReact: () => void;
  readonly onClose: () => void;
}

/** The actions for a line. */
export function LineMenu(props: LineMenuProps): JSX.Element {
  const { call, draft, entry, selfId, at, also, onReact, onClose } = props;
  const words = useWords();
  const { chat } = words;
  const write = (begin: () => void) => () => {
    begin();
    document.getElementById(chatBoxId)?.focus();
  };
  const rows: MenuRow[] = [
    { kind: "act", label: chat.answer, icon: "reply", onPick: write(() => draft.answer(entry)) },
    ...also?.(call, { entry, words, onReact }) ?? [],
  ];
  const author = call.room.peers.value.find(({ peerId }) => peerId === entry.from)?.peer.value;
  // Pages of the SkyRTC dialect would show a private line to everyone.
  if (author?.dialect === "parley") {
    const { peerId, name } = author;
    const label = fill(chat.whisper, { name });
    const onPick = write(() => draft.address({ peerId, name }));
    rows.push({ kind: "act", label, icon: "lock", onPick });
  }
  // Missing over plain http.
  const clipboard = attempt(() => navigator.clipboard);
  if (clipboard !== undefined) {
    const copy = () => void attempt(() => clipboard.writeText(entry.text));
    rows.push({
      kind: "act",
      label: chat.copy,
      icon: "copy",
      onPick: () => {
        copy();
        at.focus();
      },
    });
  }
  if (call.owners.owns && isDeletable(entry)) rows.push(deleteRow(call, entry, chat.delete));
  if (isChangeable(entry, selfId)) {
    const takeBack = () => {
      const aim = draft.aim.peek();
      if (aim.kind !== "new" && aim.line.ref === entry.ref) draft.cancel();
      call.session.chat.change(entry.ref, null);
      // The key disappears with the line's text.
      document.getElementById(chatBoxId)?.focus();
    };
    const foreign = call.room.peers.value.find(({ peer }) => peer.value.dialect === "skyrtc");
    if (foreign !== undefined && entry.to === undefined) {
      rows.push({
        kind: "heading",
        label: fill(chat.keepsOld, { name: foreign.peer.value.name }),
      });
    }
    rows.push(
      { kind: "act", label: chat.edit, icon: "pencil", onPick: write(() => draft.edit(entry)) },
      { kind: "act", label: chat.delete, icon: "trash", tone: "danger", onPick: takeBack },
    );
  }
  return <Menu label={chat.lineMenu} rows={rows} at={at} onClose={onClose} />;
}

/** An owner deletes a line of somebody else. */
function deleteRow(call: Call, { from, ref }: LineEntry, label: string): MenuRow {
  const onPick = () => {
    call.session.send({ type: "delete-line", from, ref });
    document.getElementById(chatBoxId)?.focus();
  };
  return { kind: "act", label, icon: "trash", tone: "danger", onPick };
}
