import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useWords } from "./words.ts";

/** A question before something that cannot be undone. */
export interface Question {
  readonly title: string;
  readonly line: string;
  readonly action: string;
  readonly onYes: () => void;
}

/** The browser traps the focus and closes on Escape; the first key is the harmless one. */
export function ConfirmDialog({ question, onClose }: {
  question: Question;
  onClose: () => void;
}): JSX.Element {
  const { owners } = useWords();
  const { title, line, action, onYes } = question;
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    const dialog = box.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
      const there = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
      (there ? opener : document.getElementById("people-title"))?.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class="confirm-dialog notranslate"
      translate={false}
      aria-labelledby="confirm-title"
      aria-describedby="confirm-line"
      onClose={onClose}
      onClick={({ target }) => target === box.current && onClose()}
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
    </dialog>
  );
}
