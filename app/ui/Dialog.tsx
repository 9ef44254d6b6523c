import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * A modal dialog: the browser traps the focus and closes on Escape; a click beside it closes it,
 * too. `titleId`, `descriptionId`: elements among the children. `returnId`: the element that gets
 * the focus at the end if the element that had it no longer exists.
 */
export function Dialog({ kind, titleId, descriptionId, returnId, onClose, onKeyDown, children }: {
  kind:
    | "confirm-dialog"
    | "keys-dialog"
    | "words-dialog"
    | "captions-dialog"
    | "recording-dialog"
    | "move-dialog"
    | "reserved-dialog";
  titleId: string;
  descriptionId?: string;
  returnId: string;
  onClose: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  children: ComponentChildren;
}): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const opener = document.activeElement;
    const dialog = box.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
      const there = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
      (there ? opener : document.getElementById(returnId))?.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={`dialog ${kind} notranslate`}
      translate={false}
      aria-labelledby={titleId}
      aria-describedby={descriptionId}
      onClose={onClose}
      onClick={({ target }) => target === box.current && onClose()}
      onKeyDown={onKeyDown}
    >
      {children}
    </dialog>
  );
}
