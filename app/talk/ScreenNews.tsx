/** Toasts about shared screens that end. Loaded with the first shared screen. */
import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { fill } from "../ui/phrases.ts";
import type { ToastBoard } from "../ui/toast_board.ts";
import { useWords } from "../ui/words.ts";
import { screenEndWordsOf } from "../ui/words/late/screen_end.ts";
import { type ScreenEnd, screenEnds, type Sharer } from "./screen_ends.ts";
import type { TalkingCall, TalkStore } from "./talk_store.ts";

/** The part of a call in which screens are shared. */
type SharingCall = Pick<TalkingCall, "room" | "owners"> & {
  readonly talk: ReadonlySignal<TalkStore | undefined>;
};

/** Says why a screen of others, or the own one, is no longer shared. Draws nothing itself. */
export function ScreenNews({ call, board }: { call: SharingCall; board: ToastBoard }): null {
  useOthers(call, board);
  useOwn(call, board);
  return null;
}

function useOthers(call: SharingCall, board: ToastBoard): void {
  const words = screenEndWordsOf(useWords());
  const now = call.room.peers.value.map(({ peerId, peer, tracks, link }): Sharer => ({
    peerId,
    name: peer.value.name,
    isShown: tracks.screen.value !== null,
    isLinked: link.value.kind === "connected",
    mayShare: call.owners.rules?.screen !== "owners" || call.owners.isOwner(peerId),
  }));
  const before = useRef<readonly Sharer[]>([]);
  useEffect(() => {
    const ends = screenEnds(before.current, now);
    before.current = now;
    // It is there and moves, so what was said of it is no longer true.
    const live = now.filter(({ isShown, isLinked }) => isShown && isLinked);
    for (const { peerId } of live) board.drop(keyOf(peerId));
    for (const { sharer: { peerId, name }, end } of ends) {
      const [title, line] = words.others[end].map((text) => fill(text, { name }));
      board.show({
        key: keyOf(peerId),
        tone: toneOf(end),
        icon: "share-off",
        title: title ?? "",
        line,
      });
    }
  }, [JSON.stringify(now)]);
}

function keyOf(peerId: string): string {
  return `screen ${peerId}`;
}

function toneOf(end: ScreenEnd): "news" | "warn" {
  return end === "frozen" || end === "unlinked" ? "warn" : "news";
}

function useOwn(call: SharingCall, board: ToastBoard): void {
  const words = screenEndWordsOf(useWords());
  const end = call.talk.value?.shareEnd.value;
  useEffect(() => {
    if (end === undefined) return board.drop("share");
    const [title, line] = words.own[end];
    board.show({ key: "share", tone: "warn", icon: "share-off", title: title ?? "", line });
  }, [end]);
}
