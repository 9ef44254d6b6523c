import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { attempt } from "../../protocol/attempt.ts";
import { useBase } from "../ui/base.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useLateWords } from "../ui/late_words.ts";
import { useWords } from "../ui/words.ts";
import { changeOfProgram, shortHash } from "./program.ts";
import { useProgram } from "./use_program.ts";

/** The hashes of the last visit and of this one. */
interface Change {
  readonly before: string;
  readonly now: string;
}

/** Says once that the program of this site is not that of the last visit. */
export function ProgramNews(): JSX.Element | null {
  const { common } = useWords();
  const { program } = useLateWords();
  const [change, setChange] = useChange();
  const [asks, setAsks] = useState(false);
  if (change === undefined) return null;
  const close = () => {
    setChange(undefined);
    document.getElementById("stage")?.focus();
  };
  if (asks) return <AboutChange change={change} onClose={close} />;
  return (
    <div class="pill talk-pill trust-pill trust-pill-calm" role="status">
      <Icon name="refresh" />
      <span>
        <strong>{program.changed}</strong>
        <span class="pill-more">{program.changedLine}</span>
      </span>
      <button type="button" class="pill-key" onClick={() => setAsks(true)}>{program.what}</button>
      <button
        type="button"
        class="pill-close"
        aria-label={`${common.close}: ${program.changed}`}
        onClick={close}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}

function useChange() {
  const base = useBase();
  const now = useProgram();
  const state = useState<Change>();
  useEffect(() => {
    if (now === undefined) return;
    const storage = attempt(() => localStorage);
    const before = changeOfProgram(now, { base, storage });
    if (before !== undefined) state[1]({ before, now });
  }, [now]);
  return state;
}

function AboutChange({ change, onClose }: { change: Change; onClose: () => void }): JSX.Element {
  const { common } = useWords();
  const { program } = useLateWords();
  return (
    <Dialog
      kind="confirm-dialog"
      titleId="program-title"
      returnId="stage"
      onClose={onClose}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div class="confirm-page program-page">
        <h2 id="program-title">{program.changed}</h2>
        {program.about.map((line) => <p key={line}>{line}</p>)}
        <dl>
          {(["before", "now"] as const).map((time) => (
            <div key={time}>
              <dt>{program[time]}</dt>
              <dd title={change[time]}>{shortHash(change[time])}</dd>
            </div>
          ))}
        </dl>
        <div class="confirm-keys">
          <button type="button" class="primary" onClick={onClose}>{common.close}</button>
        </div>
      </div>
    </Dialog>
  );
}
