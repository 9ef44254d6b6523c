import type { JSX } from "preact";
import { Dialog } from "./Dialog.tsx";
import { useWords } from "./words.ts";

/** A question before something that cannot be undone. */
export interface Question {
  readonly title: string;
  readonly line: string;
  readonly action: string;
  readonly onYes: () => void;
}

/** The first key, which gets the focus, is the harmless one. */
export function ConfirmDialog({ question, onClose }: {
  question: Question;
  onClose: () => void;
}): JSX.Element {
  const { owners } = useWords();
  const { title, line, action, onYes } = question;
  return (
    <Dialog
      kind="confirm-dialog"
      titleId="confirm-title"
      descriptionId="confirm-line"
      returnId="people-title"
      onClose={onClose}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div class="confirm-page">
        <h2 id="confirm-title">{title}</h2>
        <p id="confirm-line">{line}</p>
        <div class="confirm-keys">
          <button type="button" class="secondary" onClick={onClose}>{owners.cancel}</button>
          <button
            type="button"
            class="primary danger"
            onClick={() => {
              onClose();
              onYes();
            }}
          >
            {action}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
