/**
 * The signs of a chat as a part of the call that is loaded with its first line, or with the first
 * sign of a peer.
 */
import { computed, type Signal, signal } from "@preact/signals";
import { attempt } from "../../../protocol/attempt.ts";
import type { Call } from "../../call/mod.ts";
import type { Extra } from "../../extras/views.ts";
import { draftOf } from "../chat_draft.ts";
import { MentionNotice } from "../mentions/MentionNotice.tsx";
import { ChatSigns } from "./chat_signs.ts";

const ofCalls = new WeakMap<object, Signal<ChatSigns | undefined>>();

/** The signs of a call; undefined until they are loaded. */
export function signsOf(call: object): Signal<ChatSigns | undefined> {
  const known = ofCalls.get(call) ?? signal<ChatSigns | undefined>(undefined);
  ofCalls.set(call, known);
  return known;
}

/** Opens the signs of a call. */
export function makeExtra(call: Call): Extra {
  const { store } = call.chat;
  const signs = new ChatSigns({
    call,
    entries: computed(() => store.value?.entries.value ?? []),
    isSeen,
    draft: draftOf(call),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    date: () => Date.now(),
    storage: attempt(() => localStorage),
  });
  const known = signsOf(call);
  known.value = signs;
  return {
    View: () => store.value ? <MentionNotice call={call} chat={store.value} /> : null,
    handle: (event) => {
      if (event.type === "topic") signs.receive(event.peerId, event.body);
      else event.raw.channel.close();
    },
    close: () => {
      known.value = undefined;
      signs.close();
    },
  };
}

/** Whether the open panel is in a visible page. */
function isSeen(): boolean {
  const panel = document.getElementById("chat");
  return !document.hidden && panel !== null && !panel.classList.contains("unseen");
}
