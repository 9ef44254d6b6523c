import type { ComponentChildren, JSX } from "preact";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../ui/words.ts";

/** The frame of the dialogs of owners. */
export function ReservedDialog({ title, wide = false, onClose, children }: {
  title: string;
  wide?: boolean;
  onClose: () => void;
  children: ComponentChildren;
}): JSX.Element {
  const { common } = useWords();
  return (
    <Dialog
      kind="reserved-dialog"
      titleId="reserved-title"
      returnId="people-title"
      onClose={onClose}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div class={`reserved-page${wide ? " wide" : ""}`}>
        <header>
          <h2 id="reserved-title" dir="auto">{title}</h2>
          <button type="button" class="quiet-key" aria-label={common.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </Dialog>
  );
}
