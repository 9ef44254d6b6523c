/** Tests of a speaker or a microphone, one at a time. Loaded with the first one. */
import type { Call } from "../call/mod.ts";
import { playChime, type SoundCheck, tryMicrophone } from "./sound_check.ts";

/** A device that can be tested. */
export type TriedDevice = "speaker" | "microphone";

/** The running test, or how the last one ended. `since` in ms of performance.now(). */
export type Trying =
  | { readonly kind: "none" }
  | { readonly kind: "speaker" }
  | { readonly kind: "recording"; readonly since: number }
  | { readonly kind: "playing" }
  | { readonly kind: "over"; readonly of: TriedDevice }
  | { readonly kind: "failed"; readonly of: TriedDevice };

/** The tests of one component; `onChange` gets every state. */
export class SoundTrials {
  readonly #call: Call | undefined;
  readonly #onChange: (trying: Trying) => void;
  #running: SoundCheck & { readonly of: TriedDevice } | undefined;

  constructor(call: Call | undefined, onChange: (trying: Trying) => void) {
    this.#call = call;
    this.#onChange = onChange;
  }

  /** Starts a test, or stops the running one of the same device. Rejects if it fails. */
  async begin(of: TriedDevice): Promise<void> {
    const before = this.#running;
    before?.stop();
    if (before?.of === of) return;
    await before?.over.catch(() => {});
    const check = of === "speaker" ? playChime(this.#speakerId) : this.#recording();
    this.#running = { ...check, of };
    this.#onChange(
      of === "speaker" ? { kind: "speaker" } : { kind: "recording", since: performance.now() },
    );
    try {
      await check.over;
      this.#onChange({ kind: "over", of });
    } finally {
      this.#running = undefined;
    }
  }

  close(): void {
    this.#running?.stop();
  }

  get #speakerId(): string {
    return this.#call?.media.speakerId.value ?? "";
  }

  #recording(): SoundCheck {
    const state = this.#call?.media.source("microphone").value;
    if (state?.kind !== "on") throw new Error("there is no microphone to try");
    const onPlaying = () => this.#onChange({ kind: "playing" });
    return tryMicrophone(state.track, { speakerId: this.#speakerId, onPlaying });
  }
}
