/** Asks for the whole of a room after a gap, but not too often. */
import type { Clock } from "../clock.ts";

/** Between two requests, ms. */
const everyMs = 3_000;

/** One request at a time. */
export class Resync {
  readonly #clock: Clock;
  readonly #send: () => boolean;
  #cancel = () => {};
  #after = -Infinity;

  /** `send` returns whether it could. */
  constructor(clock: Clock, send: () => boolean) {
    this.#clock = clock;
    this.#send = send;
  }

  /** Sends the request as soon as the pace allows. */
  request(): void {
    this.cancel();
    const wait = Math.max(0, this.#after - this.#clock.now());
    this.#cancel = this.#clock.after(wait, () => {
      if (this.#send()) this.#after = this.#clock.now() + everyMs;
    });
  }

  cancel(): void {
    this.#cancel();
  }
}
