/** Captions as a part of the call that is loaded with the first person who wants them. */
import { effect, signal } from "@preact/signals";
import type { Call } from "../call/mod.ts";
import type { Extra } from "../extras/views.ts";
import { attempt } from "../../protocol/attempt.ts";
import { CaptionsView } from "./CaptionsView.tsx";
import { CaptionTile } from "./CaptionTile.tsx";
import type { CaptionsStore, PageFacts } from "./mod.ts";
import { spokenLanguage } from "./languages.ts";

/** Opens the captions of a call. */
export function makeExtra(call: Call, openStore: (facts: PageFacts) => CaptionsStore): Extra {
  const store = openStore({
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    now: () => performance.now(),
    date: () => Date.now(),
    language: spokenLanguage(document.documentElement.lang),
    storage: attempt(() => localStorage),
    signal,
    effect,
  });
  return {
    View: () => <CaptionsView call={call} store={store} />,
    Tile: ({ peerId }) => <CaptionTile store={store} peerId={peerId} />,
    press: () => store.isOpen.value = true,
    handle: (event) => {
      if (event.type === "topic") store.receive(event.peerId, event.body);
      else event.raw.channel.close();
    },
    close: () => store.close(),
  };
}
