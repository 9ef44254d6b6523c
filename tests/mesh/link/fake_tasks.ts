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

/** Operations of Web Crypto that other threads carry out now. */
let ciphering = 0;

for (
  const name of [
    ...["decrypt", "deriveBits", "deriveKey", "digest", "encrypt", "exportKey"] as const,
    ...["generateKey", "importKey", "sign", "verify"] as const,
  ]
) count(name);

function count(name: keyof SubtleCrypto): void {
  const { subtle } = crypto;
  const original = subtle[name];
  const counting = (...given: unknown[]): unknown => {
    ciphering++;
    const result: Promise<unknown> = Reflect.apply(original, subtle, given);
    return result.finally(() => ciphering--);
  };
  Object.defineProperty(subtle, name, { value: counting, configurable: true });
}

/**
 * Resolves when every microtask and every operation of Web Crypto there is, and every one these
 * bring, has run.
 */
export async function microtasks(): Promise<void> {
  do await new Promise((resolve) => void setImmediate(resolve)); while (ciphering > 0);
}
