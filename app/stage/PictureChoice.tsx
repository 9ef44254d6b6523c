import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { Segmented } from "./Segmented.tsx";
import { pictureChoices } from "./picture_choices.ts";
import { fill } from "../ui/phrases.ts";
import type { ViewStore } from "./view_store.ts";
import { useWords } from "../ui/words.ts";
import { pictureWordsOf } from "../ui/words/late/pictures.ts";

/** Chooses how large the pictures of all others are received. */
export function PicturesOfAll({ view }: { view: ViewStore }): JSX.Element {
  const { title, choices, notes } = pictureWordsOf(useWords());
  const chosen = view.pictures.forAll.value;
  return (
    <Segmented
      class="picture-choice"
      title={title}
      captions={choices}
      keys={pictureChoices}
      chosen={chosen}
      onChoose={(choice) => view.pictures.choose(choice)}
    >
      <p role="status">{notes[chosen]}</p>
    </Segmented>
  );
}

/** Chooses how large the camera and the screen of one person are received. */
export function PicturesOfPerson(
  { call, view, peerId }: { call: Call; view: ViewStore; peerId: string },
): JSX.Element | null {
  const words = useWords();
  const { titleFrom, choices, notes, soundFrom, stubborn } = pictureWordsOf(words);
  const peer = call.room.peers.value.find((one) => one.peerId === peerId)?.peer.value;
  if (peer === undefined) return null;
  const chosen = view.pictures.of(peerId);
  const name = peer.name || words.common.someone;
  // SkyRTC pages know no `watch` message.
  const note = peer.dialect === "skyrtc"
    ? fill(stubborn, { name })
    : chosen === "sound"
    ? soundFrom
    : notes[chosen];
  return (
    <Segmented
      class="picture-choice"
      title={fill(titleFrom, { name })}
      captions={choices}
      keys={peer.dialect === "skyrtc" ? ["auto", "sound"] : pictureChoices}
      chosen={chosen}
      onChoose={(choice) => view.pictures.choose(choice, peerId)}
    >
      <p role="status">{note}</p>
    </Segmented>
  );
}
