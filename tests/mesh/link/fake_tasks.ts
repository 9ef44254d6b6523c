/**
 * The event loop of one fake connection: its tasks wait here, in order, until the test lets them
 * run.
 */
import { setImmediate } from "node:timers";

export class FakeTasks {
  readonly #tasks: (() => void)[] = [];

  get waiting(): number {
    return this.#tasks.length;
  }

  post(task: () => void): void {
    this.#tasks.push(task);
  }

  /** Runs the oldest task and everything that follows from it without another task. */
  async step(): Promise<void> {
    this.#tasks.shift()?.();
    await microtasks();
  }

  /** Runs until nothing waits. */
  async drain(): Promise<void> {
    await microtasks();
    while (this.#tasks.length > 0) await this.step();
  }
}

/** Resolves when every microtask there is, and every one these bring, has run. */
export function microtasks(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
