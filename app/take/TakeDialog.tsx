import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { useDelay } from "../ui/use_module.ts";
import { useWords } from "../ui/words.ts";
import { moveWordsOf } from "../ui/words/late/move.ts";
import type { TakeStore } from "./mod.ts";

interface TakeDialogProps {
  readonly call: Call;
  /** That of the link; empty: the person types one. */
  readonly code: string;
  readonly openStore: () => TakeStore;
  readonly onClose: () => void;
}

/** How long devices that do not start may keep the person waiting, ms. */
const patienceMs = 8_000;

/** Asks before a call is taken over from another device, and for its code if there is none. */
export function TakeDialog({ call, code, openStore, onClose }: TakeDialogProps): JSX.Element {
  const { common } = useWords();
  const { take } = moveWordsOf(useWords());
  const store = useMemo(openStore, []);
  const [typed, setTyped] = useState(code);
  const isReady = useReady(call);
  const state = store.state.value;
  const problem = state.kind === "asking" ? state.problem : undefined;
  useEffect(() => store.prepare(typed), [typed]);
  const asks = code === "" || problem !== undefined;
  // Not Dialog: shared with the room, it would come with the first code of every page.
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => box.current?.showModal(), []);
  return (
    <dialog
      ref={box}
      class="dialog move-dialog notranslate"
      translate={false}
      aria-labelledby="take-title"
      onClose={onClose}
      onClick={({ target }) => target === box.current && onClose()}
    >
      <form
        class="move-page"
        onSubmit={(event) => {
          event.preventDefault();
          void store.take(typed, wishOf(call));
        }}
      >
        <header>
          <h2 id="take-title">{take.title}</h2>
          <button type="button" class="quiet-key" aria-label={common.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <p>{take.lead}</p>
        {asks && <CodeField value={typed} onChange={setTyped} isBad={problem !== undefined} />}
        {problem !== undefined && (
          <p id="take-problem" class="field-error" role="alert">{take.problems[problem]}</p>
        )}
        <button
          type="submit"
          class="primary big"
          autofocus={!asks}
          disabled={state.kind !== "asking" || !isReady}
        >
          {state.kind !== "asking" ? take.working : isReady ? take.action : take.devices}
        </button>
        <button type="button" class="secondary" onClick={onClose}>{take.other}</button>
      </form>
    </dialog>
  );
}

function CodeField({ value, onChange, isBad }: {
  value: string;
  onChange: (typed: string) => void;
  isBad: boolean;
}): JSX.Element {
  const { take } = moveWordsOf(useWords());
  return (
    <label class="labelled">
      {take.field}
      <input
        class="field move-field"
        type="text"
        name="code"
        dir="ltr"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        maxLength={40}
        placeholder="XXXX-XXXX-XXXX-XXXX"
        aria-invalid={isBad}
        aria-describedby={isBad ? "take-problem" : undefined}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </label>
  );
}

/** Whether the devices have started or failed, so that the call is short of nothing. */
function useReady({ media }: Call): boolean {
  const isLate = useDelay(patienceMs);
  const isStarting = media.source("camera").value.kind === "starting" ||
    media.source("microphone").value.kind === "starting";
  return isLate || !isStarting;
}

function wishOf({ devices }: Call): { camera: boolean; microphone: boolean } {
  return { camera: devices.comesOn("camera"), microphone: devices.comesOn("microphone") };
}
