import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { codePoints, type PeerId, powerLimits } from "../../protocol/mod.ts";
import { fill } from "../ui/phrases.ts";
import { powerWordsOf } from "../ui/words/late/powers.ts";
import { useWords } from "../ui/words.ts";
import type { PowersStore } from "./mod.ts";
import { ReservedDialog } from "./ReservedDialog.tsx";

/** Asks before somebody is removed, and for the reason. */
export function RemoveDialog({ call, store, peerId, name, ban }: {
  call: Call;
  store: PowersStore;
  peerId: PeerId;
  name: string;
  ban: boolean;
}): JSX.Element {
  const { owners } = useWords();
  const words = powerWordsOf(useWords());
  const [text, setText] = useState("");
  const close = () => store.dialog.value = undefined;
  const reason = text.trim();
  const isSealed = call.secret.value !== undefined;
  return (
    <ReservedDialog
      title={fill(ban ? owners.banTitle : owners.removeTitle, { name })}
      onClose={close}
    >
      <form
        class="reserved-form"
        onSubmit={(event) => {
          event.preventDefault();
          close();
          store.remove({ peerId, ban, reason });
        }}
      >
        <p>{fill(ban ? owners.banLine : owners.removeLine, { name })}</p>
        <label class="reserved-field">
          <span>{words.reason}</span>
          <input
            class="field"
            dir="auto"
            value={text}
            aria-describedby="reason-line"
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
          <small id="reason-line">
            {fill(isSealed ? words.reasonSealed : words.reasonLine, { name })}
          </small>
        </label>
        <div class="confirm-keys">
          <button type="button" class="secondary" onClick={close}>{owners.cancel}</button>
          <button
            type="submit"
            class="primary danger"
            disabled={codePoints(reason) > powerLimits.reason}
          >
            {ban ? owners.banIt : owners.removeIt}
          </button>
        </div>
      </form>
    </ReservedDialog>
  );
}
