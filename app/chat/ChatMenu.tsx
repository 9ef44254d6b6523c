import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Words } from "../ui/words/mod.ts";
import type { ChatDraft, ChattingCall } from "./chat_draft.ts";
import type { ChatStore } from "./chat_store.ts";
import { chatBoxId } from "./chat_box_id.ts";
import { chatAsText, saveText } from "./chat_export.ts";
import { isAllowed, mayNotify, playTone } from "./chat_notices.ts";
import { Menu, type MenuRow } from "../ui/Menu.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** The part of the call's extras that is used. */
interface SoundExtras {
  load(name: "sounds"): Promise<unknown>;
}

/** `at`: the key that opens it. */
export interface ChatMenuProps {
  readonly call: ChattingCall;
  readonly extras: SoundExtras | undefined;
  /** See rememberExtra. */
  readonly remember: (name: "sounds", on: boolean) => void;
  readonly chat: ChatStore;
  readonly draft: ChatDraft;
  readonly room: string;
  /** Further rows, once they are loaded. */
  readonly also: readonly MenuRow[] | undefined;
  readonly at: HTMLElement;
  readonly onClose: () => void;
}

/** Addressee, notifications, and saving the chat. */
export function ChatMenu(
  { call, extras, remember, chat: store, draft, room, also = [], at, onClose }: ChatMenuProps,
): JSX.Element {
  const words = useWords();
  const { chat } = words;
  const saveAll = () => {
    const { entries, isCut } = store.whole;
    saveText(chatAsText(entries, { room, words, isCut }), { room, at: Date.now() });
    at.focus();
  };
  const rows: MenuRow[] = [
    ...useSwitches(call),
    ...useRoomSounds(call, { extras, remember }),
    ...also,
    { kind: "act", label: chat.save, icon: "download", onPick: saveAll },
    ...whispers({ call, draft, chat }),
  ];
  return <Menu label={chat.menu} rows={rows} at={at} onClose={onClose} />;
}

function useSwitches({ book }: ChattingCall): MenuRow[] {
  const { chat } = useWords();
  const { chatSound, chatNotices: wanted } = book.current.value;
  const chatNotices = wanted && isAllowed();
  const [isRefused, setRefused] = useState(false);
  const notify = async () => {
    if (chatNotices) return book.change({ chatNotices: false });
    const allowed = await mayNotify();
    setRefused(!allowed);
    book.change({ chatNotices: allowed });
  };
  const sound = () => {
    if (!chatSound) playTone();
    book.change({ chatSound: !chatSound });
  };
  return [
    { kind: "switch", label: chat.sound, icon: "speaker", on: chatSound, onPick: sound },
    {
      kind: "switch",
      label: chat.notices,
      icon: "bell",
      on: chatNotices,
      note: isRefused ? chat.noticesBlocked : undefined,
      onPick: () => void notify(),
    },
  ];
}

/** Sounds of the room, off at first; their code comes with the first. */
function useRoomSounds(
  { book }: ChattingCall,
  { extras, remember }: Pick<ChatMenuProps, "extras" | "remember">,
): MenuRow[] {
  const { chat } = useWords();
  const { current } = book;
  const row = (
    { sound, ...row }: {
      sound: "peopleSound" | "handSound";
      label: string;
      icon: "people" | "hand";
    },
  ): MenuRow => ({
    kind: "switch",
    ...row,
    on: current.value[sound],
    onPick: async () => {
      // First, as it plays an example when it is turned on.
      await extras?.load("sounds");
      book.change({ [sound]: !current.peek()[sound] });
      const { peopleSound, handSound } = current.peek();
      remember("sounds", peopleSound || handSound);
    },
  });
  return [
    row({ sound: "peopleSound", label: chat.soundPeople, icon: "people" }),
    row({ sound: "handSound", label: chat.soundHand, icon: "hand" }),
  ];
}

function whispers({ call: { room }, draft, chat }: {
  call: ChattingCall;
  draft: ChatDraft;
  chat: Words["chat"];
}): MenuRow[] {
  const pick = (begin: () => void) => () => {
    begin();
    document.getElementById(chatBoxId)?.focus();
  };
  const people = room.peers.value.map(({ peer }) => peer.value)
    .filter(({ dialect }) => dialect === "parley")
    .map(({ peerId, name }): MenuRow => ({
      kind: "act",
      label: fill(chat.whisper, { name }),
      icon: "lock",
      onPick: pick(() => draft.address({ peerId, name })),
    }));
  if (people.length === 0) return [];
  const heading: MenuRow = { kind: "heading", label: chat.privately };
  if (draft.to.value === undefined) return [heading, ...people];
  const onPick = pick(() => draft.address(undefined));
  return [heading, ...people, { kind: "act", label: chat.everyone, icon: "people", onPick }];
}
