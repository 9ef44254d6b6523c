/**
 * A part with events of one family, which it passes to its listeners in order. An error of one
 * listener does not affect the others.
 */
export class Emitter<E> {
  readonly #listeners = new Set<(event: E) => void>();

  /** Calls `listener` with each event from now on; returns the undo. */
  subscribe(listener: (event: E) => void): () => void {
    // A wrapper, so that the same function subscribed twice is two subscriptions with two undos.
    const entry = (event: E) => listener(event);
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  /** Calls every listener; only the part itself emits. */
  emit(event: E): void {
    for (const listener of [...this.#listeners]) {
      if (!this.#listeners.has(listener)) continue;
      try {
        listener(event);
      } catch (error) {
        // The emitter may be in the middle of a change: the error surfaces after it.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  /** Removes every listener. */
  clear(): void {
    this.#listeners.clear();
  }
}

/** Subscribes one listener to several parts; returns the undo of all. */
export function subscribeTo<E>(
  parts: readonly { subscribe(listener: (event: E) => void): () => void }[],
  listener: (event: E) => void,
): () => void {
  const undos = parts.map((part) => part.subscribe(listener));
  return () => undos.forEach((undo) => undo());
}
