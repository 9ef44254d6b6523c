import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { type PeerId, personRights } from "../../protocol/mod.ts";
import { fill } from "../ui/phrases.ts";
import { Switch } from "../ui/Switch.tsx";
import { powerWordsOf } from "../ui/words/late/powers.ts";
import { useWords } from "../ui/words.ts";
import type { PowersStore } from "./mod.ts";
import { ReservedDialog } from "./ReservedDialog.tsx";

/** What one person may do, for an owner to change. */
export function PersonDialog({ call, store, peerId, name }: {
  call: Call;
  store: PowersStore;
  peerId: PeerId;
  name: string;
}): JSX.Element {
  const words = powerWordsOf(useWords());
  const view = call.room.peers.value.find((each) => each.peerId === peerId);
  const close = () => store.dialog.value = undefined;
  // The person has left, or this one is no owner any longer.
  const isOver = view === undefined || !call.owners.owns;
  useEffect(() => {
    if (isOver) close();
  }, [isOver]);
  const taken = store.takenFrom(peerId);
  const isLent = store.lent.includes(peerId);
  const owns = call.owners.isOwner(peerId);
  const canOwn = store.canLend && (isLent || !owns) && view?.peer.value.dialect === "parley";
  return (
    <ReservedDialog title={fill(words.rightsTitle, { name })} onClose={close}>
      <p>{fill(owns ? words.rightsOfOwner : words.rightsLine, { name })}</p>
      {!owns && personRights.map((right) => (
        <Switch
          key={right}
          label={words.may[right]}
          checked={!taken.includes(right)}
          onSwitch={(given) => void call.session.send({ type: "set-right", peerId, right, given })}
        />
      ))}
      {canOwn && (
        <Switch
          label={words.lend}
          note={fill(words.lendLine, { name })}
          checked={isLent}
          onSwitch={(lent) => void call.session.send({ type: "lend", peerId, lent })}
        />
      )}
    </ReservedDialog>
  );
}
