/**
 * What a tab keeps when its page ends without leaving the room (a crash, a discarded tab), so that
 * it comes back as the same person. Invariants:
 * 1 A duplicated tab has a copy of the storage, but not of the lock; only the tab that holds the
 *   lock gets the token.
 * 2 Nothing is kept after a leave, and nothing at all if the browser has no locks.
 */

/** One tab's memory of its last visit. */
export interface TabMemory {
  /** The resume token of `room`; undefined if there is none, or another open tab uses it. */
  recall(room: string): Promise<string | undefined>;
  /** Stores the resume token of `room`. */
  keep(room: string, token: string): void;
  /** Removes the token, after a leave. */
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
      // The storage is full or forbidden: after a crash the tab comes back as a new member.
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

  /** Holds the lock of `tab` until this page ends; false if another page holds it. */
  #hold(tab: string): Promise<boolean> {
    this.#release();
    this.#tab = tab;
    const held = Promise.withResolvers<boolean>();
    const end = Promise.withResolvers<void>();
    this.#release = end.resolve;
    // Async, so that an error thrown by the browser becomes a rejection.
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
