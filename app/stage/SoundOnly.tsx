/** In place of a picture that the person has chosen not to receive: why, and the way back. */
import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import type { PeerView } from "../room/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { viewOf } from "./view_store.ts";
import { useWords } from "../ui/words.ts";
import { pictureWordsOf } from "../ui/words/late/pictures.ts";

/** Beside the other chips of a person; their avatar shows instead of the picture. */
export function SoundOnlyChip({ call, view }: { call: Call; view: PeerView }): JSX.Element {
  const words = useWords();
  const own = pictureWordsOf(words);
  const { name, dialect } = view.peer.value;
  const show = fill(own.show, { name: name || words.common.someone });
  return (
    <button
      type="button"
      class="chip chip-key sound-only"
      title={show}
      onClick={() => viewOf(call).pictures.choose("auto", view.peerId)}
    >
      <Icon name="video-off" size={16} />
      <span class="chip-words">{dialect === "skyrtc" ? own.hidden : own.soundOnly}</span>
      <span class="unseen">. {show}</span>
    </button>
  );
}

/** Over the tile of a shared screen. `of`: the sharer's peer id. */
export function SoundOnlyScreen({ call, of }: { call: Call; of: string }): JSX.Element {
  const own = pictureWordsOf(useWords());
  return (
    <div class="overlay overlay-unsent">
      <strong>{own.soundOnlyLine}</strong>
      <button
        type="button"
        class="stage-button"
        onClick={() => viewOf(call).pictures.choose("auto", of)}
      >
        <Icon name="video" size={16} />
        {own.showShort}
      </button>
    </div>
  );
}
