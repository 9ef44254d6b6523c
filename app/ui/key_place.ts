/**
 * Whether a key without a modifier may act on the call. One rule for all there is and will be: it may for who is on the
 * call itself, that is its stage or its bar, by the focus and by the last press. Everything else, beside the call or
 * over it, has its letters to itself.
 */

const call = ".stage, .bar";
/** What opens over the stage or the bar. */
const over = "dialog, .popover, [role=menu], [role=listbox]";

/** Follows where the person is, until `signal` says stop. */
export class KeyPlace {
  /** What they went to last, unless that is the call. */
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

  /** What is gone holds nobody; what is open over the call does before the focus has come to it. */
  isOnCall({ target }: KeyboardEvent): boolean {
    if (document.querySelector(over) !== null) return false;
    return isCall(target) && this.#elsewhere?.isConnected !== true;
  }
}

/** What holds the stage is the page around it: there is the focus of who went nowhere yet. */
function isCall(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target.querySelector(".stage") !== null) return true;
  return target.closest(call) !== null && target.closest(over) === null;
}
