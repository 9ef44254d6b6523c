import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import type { Extra, ExtraEvent } from "../extras/views.ts";
import { Icon } from "../ui/Icon.tsx";
import { counted, fill, listed } from "../ui/phrases.ts";
import { viewOf } from "../stage/views.ts";
import { useWords } from "../ui/words.ts";
import { replayWordsOf } from "../ui/words/late/replay.ts";
import type { ReplayStore, VoiceOutput } from "./replay_store.ts";

/**
 * Hearing what was missed: keeps the own voice for others, and replays theirs after a cut.
 * `openStore`: see openReplays.
 */
export function openReplay(
  call: Call,
  openStore: (output: VoiceOutput) => ReplayStore | undefined,
): Extra {
  const store = openStore({
    gainOf: (peerId) => {
      const { silent, volume } = viewOf(call).loudnessOf(peerId);
      return silent ? 0 : volume;
    },
    hold: (peerIds) => void (viewOf(call).held.value = peerIds),
  });
  // A peer's request has loaded it; without an answer, live voices are held back there.
  if (store === undefined) return { handle: refuse, close() {} };
  return {
    View: () => <ReplayPill call={call} store={store} />,
    handle: (event) => {
      if (event.type === "channel") store.give(event.peerId, event.raw);
    },
    close: () => store.close(),
  };
}

function refuse(event: ExtraEvent): void {
  if (event.type === "channel") event.raw.channel.close();
}

/** While voices are replayed: whose, how long it takes, and the way back to live. */
function ReplayPill({ call, store }: { call: Call; store: ReplayStore }): JSX.Element | null {
  const words = useWords();
  const { title, left, skip } = replayWordsOf(words);
  const { locale, someone } = words.common;
  const replaying = store.replaying.value;
  if (replaying === undefined) return null;
  const names = call.room.peers.value
    .filter(({ peerId }) => replaying.peerIds.includes(peerId))
    .map(({ peer }) => peer.value.name || someone);
  return (
    <div class="pill talk-pill talk-pill-hint replay-pill">
      <Icon name="speaker" size={16} />
      <span>
        <strong role="status">{fill(title, { names: listed(names, locale) })}</strong>
        <span class="pill-more">{counted(left, { count: replaying.seconds, locale })}</span>
      </span>
      <button type="button" class="pill-key" onClick={() => store.skip()}>{skip}</button>
    </div>
  );
}
