/**
 * What a tab remembers when its page ends without a goodbye (a crash, a tab that was discarded), so
 * that it comes back as the same person. Invariants:
 * 1 A duplicated tab has a copy of all that is stored, but not of the lock: the token is only for
 *   who holds the lock.
 * 2 Nothing is remembered after a goodbye, and nothing at all where the browser has no locks.
 */

/** One tab's memory of its last visit. */
export interface TabMemory {
  /**
   * The resume token kept for `room`; undefined when there is none, or when another tab that lives
   * has it too.
   */
  recall(room: string): Promise<string | undefined>;
  keep(room: string, token: string): void;
  forget(): void;
}

/** The part of LockManager that is used. */
export interface TabLocks {
  request(
    name: string,
    options: { readonly ifAvailable: true },
    work: (lock: Lock | null) => Promise<void>,
  ): Promise<unknown>;
}

interface TabMemoryOptions {
  readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  readonly locks: TabLocks;
  readonly randomId: () => string;
}

interface Kept {
  /** Names the lock of the tab that wrote it. */
  readonly tab: string;
  readonly room: string;
  readonly token: string;
}

const storageKey = "parley.visit";

/** Memory in a tab's own storage, guarded by a lock that its copies cannot have. */
export class StoredTabMemory implements TabMemory {
  readonly #options: TabMemoryOptions;
  #tab: string | undefined;
  #release = () => {};

  constructor(options: TabMemoryOptions) {
    this.#options = options;
  }

  async recall(room: string): Promise<string | undefined> {
    const kept = this.#read();
    if (kept === undefined) return undefined;
    if (this.#tab !== kept.tab && !await this.#hold(kept.tab)) {
      this.#tab = undefined;
      return undefined;
    }
    return kept.room === room ? kept.token : undefined;
  }

  keep(room: string, token: string): void {
    let tab = this.#tab;
    if (tab === undefined) {
      tab = this.#options.randomId();
      void this.#hold(tab);
    }
    try {
      this.#options.storage.setItem(storageKey, JSON.stringify({ tab, room, token }));
    } catch {
      // Full or forbidden: then a crash is a new beginning.
    }
  }

  forget(): void {
    this.#release();
    this.#tab = undefined;
    try {
      this.#options.storage.removeItem(storageKey);
    } catch {
      // Forbidden; then nothing was stored either.
    }
  }

  /** Takes the lock of `tab` until this page ends; false when another page has it. */
  #hold(tab: string): Promise<boolean> {
    this.#release();
    this.#tab = tab;
    const held = Promise.withResolvers<boolean>();
    const end = Promise.withResolvers<void>();
    this.#release = end.resolve;
    // Async, so that a browser that throws at once only refuses.
    const ask = async () =>
      await this.#options.locks.request(`${storageKey}.${tab}`, { ifAvailable: true }, (lock) => {
        held.resolve(lock !== null);
        return lock === null ? Promise.resolve() : end.promise;
      });
    ask().catch(() => held.resolve(false));
    return held.promise;
  }

  #read(): Kept | undefined {
    try {
      const kept: unknown = JSON.parse(this.#options.storage.getItem(storageKey) ?? "null");
      if (typeof kept !== "object" || kept === null) return undefined;
      const { tab, room, token }: { tab?: unknown; room?: unknown; token?: unknown } = kept;
      return typeof tab === "string" && typeof room === "string" && typeof token === "string"
        ? { tab, room, token }
        : undefined;
    } catch {
      return undefined;
    }
  }
}

/** This browser's; undefined where storage or locks are missing (plain http) or forbidden. */
export function browserTabMemory(randomId: () => string): TabMemory | undefined {
  try {
    const locks: unknown = Reflect.get(navigator, "locks");
    if (typeof document === "undefined" || locks === undefined) return undefined;
    return new StoredTabMemory({ storage: sessionStorage, locks: navigator.locks, randomId });
  } catch {
    return undefined;
  }
}
