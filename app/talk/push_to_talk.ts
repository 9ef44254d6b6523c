/**
 * Hold the space bar to talk while muted. Invariants: the person is muted again when the key is
 * released or the page is left or hidden; a space that types, scrolls a panel or presses a focused
 * control is never consumed.
 */
import { useEffect, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { KeyPlace } from "../ui/key_place.ts";

/** Whether the space bar keeps the person unmuted. */
export function usePushToTalk(call: Call): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const hold = new Hold(call, setHeld);
    return () => hold.close();
  }, [call]);
  return held;
}

const typing = "input, textarea, select, [contenteditable], [role=textbox]";
/** Elements that the space bar presses or scrolls. */
const control =
  "button, a[href], summary, [role=button], [role^=menuitem], [role=tab], [role=switch], [role=option], [tabindex='0']";

class Hold {
  readonly #call: Call;
  readonly #changed: (held: boolean) => void;
  readonly #listeners = new AbortController();
  readonly #place = new KeyPlace(this.#listeners.signal);
  #held = false;
  /** Whether the focus was moved by keyboard; after a click, the button's focus does not count. */
  #byKeyboard = true;

  constructor(call: Call, changed: (held: boolean) => void) {
    this.#call = call;
    this.#changed = changed;
    const { signal } = this.#listeners;
    const release = () => this.#release();
    document.addEventListener("focusin", ({ target }) => {
      this.#byKeyboard = target instanceof Element && target.matches(":focus-visible");
    }, { signal });
    document.addEventListener("keydown", (event) => this.#down(event), { signal });
    // In the capture phase: the focused control must not see the keyup of a consumed key.
    document.addEventListener("keyup", (event) => this.#up(event), { signal, capture: true });
    document.addEventListener("visibilitychange", release, { signal });
    addEventListener("blur", release, { signal });
    addEventListener("pagehide", release, { signal });
  }

  close(): void {
    this.#listeners.abort();
    this.#release();
  }

  #down(event: KeyboardEvent): void {
    // macOS reports no keyup while Command is held.
    if (event.key === "Meta") return this.#release();
    if (event.key !== " ") return;
    if (this.#held) return event.preventDefault();
    if (event.repeat || event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (!this.#place.isOnCall(event) || this.#belongsElsewhere(event.target)) return;
    const { muted, media } = this.#call;
    if (!muted.value || media.source("microphone").value.kind !== "on") return;
    event.preventDefault();
    this.#held = true;
    this.#call.speak();
    this.#changed(true);
  }

  #up(event: KeyboardEvent): void {
    if (event.key !== " " || !this.#held) return;
    event.preventDefault();
    event.stopPropagation();
    this.#release();
  }

  #release(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#call.setMuted(true);
    this.#changed(false);
  }

  #belongsElsewhere(target: EventTarget | null): boolean {
    if (!(target instanceof Element)) return false;
    if (target.closest(typing) !== null) return true;
    return this.#byKeyboard && target.closest(control) !== null;
  }
}
