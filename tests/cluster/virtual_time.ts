/**
 * Time of a simulation: what is due happens in order, one event after the other, and between two
 * events all promises settle. With the same seed everything happens in the same order.
 */
import { microtasks } from "../mesh/link/fake_tasks.ts";

interface Event {
  readonly at: number;
  readonly work: () => void;
}

/** Time that passes only when the test says so. Times are whole ms. */
export class VirtualTime {
  /** The latest first; of one moment, what was planned first is at the end. */
  readonly #events: Event[] = [];
  #now = 0;

  /** ms since the beginning of the simulation. */
  now(): number {
    return this.#now;
  }

  /** ms since the epoch. */
  date(): number {
    return 1_700_000_000_000 + this.#now;
  }

  /** How many events are planned. */
  get waiting(): number {
    return this.#events.length;
  }

  /** Plans an event; the returned function cancels it. */
  after(ms: number, work: () => void): () => void {
    const event = { at: this.#now + Math.max(0, Math.ceil(ms)), work };
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle]?.at ?? 0) > event.at) low = middle + 1;
      else high = middle;
    }
    this.#events.splice(low, 0, event);
    return () => {
      const index = this.#events.indexOf(event);
      if (index >= 0) this.#events.splice(index, 1);
    };
  }

  /** Lets `ms` pass. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await microtasks();
    for (let next = this.#events.at(-1); next !== undefined; next = this.#events.at(-1)) {
      if (next.at > end) break;
      this.#events.pop();
      this.#now = next.at;
      next.work();
      await microtasks();
    }
    this.#now = end;
  }
}
