import type { Clock } from "../../mesh/clock.ts";

/** Time that passes only when the test says so. */
export class VirtualClock implements Clock {
  #now = 0;
  #slept = 0;
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  /** The number of waiting timers; a closed object must leave none. */
  get waiting(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  date(): number {
    return 1_700_000_000_000 + this.#now + this.#slept;
  }

  /** The machine sleeps: only the date continues. */
  jump(ms: number): void {
    this.#slept += ms;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Lets `ms` pass; timers run in order, each at its time. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.callback();
    }
    this.#now = end;
  }
}
