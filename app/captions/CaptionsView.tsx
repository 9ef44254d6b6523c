import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";
import { captionWordsOf } from "../ui/words/late/captions.ts";
import { CaptionsDialog } from "./CaptionsDialog.tsx";
import type { CaptionsStore } from "./mod.ts";

/** The question whether this device may write what the person says, and the dialog. */
export function CaptionsView({ call, store }: { call: Call; store: CaptionsStore }): JSX.Element {
  return (
    <>
      <AskPill call={call} store={store} />
      {store.isOpen.value && <CaptionsDialog call={call} store={store} />}
    </>
  );
}

/** Asked once, when somebody wants captions; the dialog asks the person who opened it. */
function AskPill({ call, store }: { call: Call; store: CaptionsStore }): JSX.Element | null {
  const words = captionWordsOf(useWords());
  const first = call.room.peers.value.find(({ peerId }) => store.wanters.value.has(peerId));
  const isAsked = store.isAble.value === true && store.consent.value === "unasked" &&
    !store.isOpen.value;
  if (!isAsked || first === undefined) return null;
  return (
    <div class="pill talk-pill talk-pill-hint captions-ask">
      <Icon name="text" size={16} />
      <span role="status">
        <strong>{fill(words.asks, { name: first.peer.value.name })}</strong>
        <span class="pill-more">{words.asksLine}</span>
      </span>
      <span class="captions-answers">
        <button type="button" class="pill-key captions-no" onClick={() => store.agree(false)}>
          {words.no}
        </button>
        <button type="button" class="pill-key" onClick={() => store.agree(true)}>
          {words.yes}
        </button>
      </span>
    </div>
  );
}
