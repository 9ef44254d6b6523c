/**
 * Hold the space bar to be heard while muted. Invariants: whoever began by holding is muted again when the key is let go,
 * the page is left or hidden; a key that writes, that scrolls a panel, or that a keyboard user would press a control
 * with, is never taken.
 */
import { useEffect, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { KeyPlace } from "../ui/key_place.ts";

/** Whether somebody is held to be heard just now. */
export function usePushToTalk(call: Call): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const hold = new Hold(call, setHeld);
    return () => hold.close();
  }, [call]);
  return held;
}

const typing = "input, textarea, select, [contenteditable], [role=textbox]";
/** What the space bar presses or scrolls. */
const control =
  "button, a[href], summary, [role=button], [role^=menuitem], [role=tab], [role=switch], [role=option], [tabindex='0']";

class Hold {
  readonly #call: Call;
  readonly #changed: (held: boolean) => void;
  readonly #listeners = new AbortController();
  readonly #place = new KeyPlace(this.#listeners.signal);
  #held = false;
  /** The focus came to where it is by keyboard; a click leaves it on a button, too, which is nobody's wish. */
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
    // In the capture phase: a control under the focus must not see the end of a key it did not get.
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
    // macOS reports no key that is released while Command is held.
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
