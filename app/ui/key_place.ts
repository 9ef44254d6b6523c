/**
 * Whether a key without a modifier may act on the call. One rule for all shortcuts: they act while
 * focus and last press are on the stage or the bar. Anything beside or over the call keeps its
 * letters.
 */

const call = ".stage, .bar";
/** Elements that open over the stage or the bar. */
const over = "dialog, .popover, [role=menu], [role=listbox]";

/** Tracks where the person is, until `signal` aborts. */
export class KeyPlace {
  /** The last focused or pressed element outside the call. */
  #elsewhere: Element | undefined;

  constructor(signal: AbortSignal) {
    const go = ({ target }: Event) => {
      this.#elsewhere = !isCall(target) && target instanceof Element
        ? target.closest(`${over}, .pill, .room > *`) ?? target
        : undefined;
    };
    for (const type of ["pointerdown", "focusin"]) {
      document.addEventListener(type, go, { signal, capture: true });
    }
  }

  /** A removed element no longer counts; an open overlay counts even before it has the focus. */
  isOnCall({ target }: KeyboardEvent): boolean {
    if (document.querySelector(over) !== null) return false;
    return isCall(target) && this.#elsewhere?.isConnected !== true;
  }
}

/** An ancestor of the stage is the initial focus of the page, so it counts as the call. */
function isCall(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target.querySelector(".stage") !== null) return true;
  return target.closest(call) !== null && target.closest(over) === null;
}
