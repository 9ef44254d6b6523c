/**
 * A part that tells its listeners about events of one family, in order. A listener that throws
 * affects no other.
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

  /** Tells every listener; for the part that makes the events. */
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

  /** Forgets every listener. */
  clear(): void {
    this.#listeners.clear();
  }
}

/** One listener for several parts, whose events come in order; returns the undo of all. */
export function subscribeTo<E>(
  parts: readonly { subscribe(listener: (event: E) => void): () => void }[],
  listener: (event: E) => void,
): () => void {
  const undos = parts.map((part) => part.subscribe(listener));
  return () => undos.forEach((undo) => undo());
}
