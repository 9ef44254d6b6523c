/** What an owner may do to a person, as rows of the person's menu. */
import type { Call } from "../call/mod.ts";
import type { PeerId } from "../../protocol/mod.ts";
import type { MenuRow } from "../ui/Menu.tsx";
import { powerWordsOf } from "../ui/words/late/powers.ts";
import type { Words } from "../ui/words/mod.ts";
import type { PowersStore } from "./mod.ts";

/** The rows; removing comes last. */
export function personRows({ call, store, peerId, name, words }: {
  call: Call;
  store: PowersStore;
  peerId: PeerId;
  name: string;
  words: Words;
}): readonly MenuRow[] {
  const { owners } = words;
  const said = powerWordsOf(words);
  const view = call.room.peers.value.find((each) => each.peerId === peerId);
  const mute: MenuRow[] = view?.peer.value.state.microphone
    ? [{
      kind: "act",
      icon: "microphone-off",
      label: said.askToMute,
      onPick: () => void call.session.send({ type: "mute-one", peerId }),
    }]
    : [];
  const person = { peerId, name };
  return [
    ...mute,
    {
      kind: "act",
      icon: "sliders",
      label: said.rights,
      onPick: () => store.dialog.value = { kind: "person", ...person },
    },
    {
      kind: "act",
      icon: "left",
      label: owners.remove,
      onPick: () => store.dialog.value = { kind: "remove", ban: false, ...person },
    },
    {
      kind: "act",
      icon: "user-minus",
      label: owners.ban,
      tone: "danger",
      onPick: () => store.dialog.value = { kind: "remove", ban: true, ...person },
    },
  ];
}
