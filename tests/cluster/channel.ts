/** One direction of a connection: what is sent arrives later, in order. */
import type { VirtualTime } from "./virtual_time.ts";

/** Sends in order, with a delay for each thing. */
export class Channel {
  readonly #time: VirtualTime;
  readonly #onTheWay = new Set<() => void>();
  #last = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  /** How many things are on the way. */
  get size(): number {
    return this.#onTheWay.size;
  }

  /** `arrive` is called after `ms`, but not before what was sent earlier. */
  send(ms: number, arrive: () => void): void {
    this.#last = Math.max(this.#last, this.#time.now() + ms);
    const cancel = this.#time.after(this.#last - this.#time.now(), () => {
      this.#onTheWay.delete(cancel);
      arrive();
    });
    this.#onTheWay.add(cancel);
  }

  /** Loses what is on the way. */
  drop(): void {
    for (const cancel of this.#onTheWay) cancel();
    this.#onTheWay.clear();
  }
}
