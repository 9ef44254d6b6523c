/** Tells listeners about events in order. A listener that throws hurts nobody but itself. */
export class Emitter<E> {
  readonly #listeners = new Set<(event: E) => void>();

  /** Returns the undo. */
  subscribe(listener: (event: E) => void): () => void {
    // A wrapper, so that the same function subscribed twice is two subscriptions with two undos.
    const entry = (event: E) => listener(event);
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  emit(event: E): void {
    for (const listener of [...this.#listeners]) {
      if (!this.#listeners.has(listener)) continue;
      try {
        listener(event);
      } catch (error) {
        // Our own state is mid-change here; the owner's mistake must surface, but after us.
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
