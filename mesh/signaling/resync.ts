/** Asks for the whole of a room when something was missed, but not too often. */
import type { Clock } from "../clock.ts";

/** Between two questions, ms. */
const everyMs = 3_000;

export class Resync {
  readonly #clock: Clock;
  readonly #ask: () => boolean;
  #cancel = () => {};
  #after = -Infinity;

  /** `ask` says whether it could. */
  constructor(clock: Clock, ask: () => boolean) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** As soon as it may be. */
  want(): void {
    this.cancel();
    const wait = Math.max(0, this.#after - this.#clock.now());
    this.#cancel = this.#clock.after(wait, () => {
      if (this.#ask()) this.#after = this.#clock.now() + everyMs;
    });
  }

  cancel(): void {
    this.#cancel();
  }
}
