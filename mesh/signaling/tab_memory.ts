/**
 * What a tab keeps when its page ends without leaving the room (a crash, a discarded tab), so that
 * it comes back as the same person. Invariants:
 * 1 A duplicated tab has a copy of the storage, but not of the lock; only the tab that holds the
 *   lock gets the token.
 * 2 Nothing is kept after a leave, and nothing at all if the browser has no locks.
 */
import type { PeerId } from "../../protocol/mod.ts";

/** A visit to a room, to go on with. */
export interface KeptVisit {
  /** The resume token of the last welcome. */
  readonly token: string;
  /** The id of the peer that the token belongs to; undefined: an older version stored it. */
  readonly peerId: PeerId | undefined;
}

/** One tab's memory of its last visit. */
export interface TabMemory {
  /** The last visit to `room`; undefined if there is none, or another open tab goes on with it. */
  recall(room: string): Promise<KeptVisit | undefined>;
  /** Stores the visit to `room`. */
  keep(room: string, visit: KeptVisit): void;
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

interface Kept extends KeptVisit {
  /** Names the lock of the tab that wrote it. */
  readonly tab: string;
  readonly room: string;
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

  async recall(room: string): Promise<KeptVisit | undefined> {
    const kept = this.#read();
    if (kept === undefined) return undefined;
    if (this.#tab !== kept.tab && !await this.#hold(kept.tab)) {
      this.#tab = undefined;
      return undefined;
    }
    const { token, peerId } = kept;
    return kept.room === room ? { token, peerId } : undefined;
  }

  keep(room: string, { token, peerId }: KeptVisit): void {
    let tab = this.#tab;
    if (tab === undefined) {
      tab = this.#options.randomId();
      void this.#hold(tab);
    }
    try {
      this.#options.storage.setItem(storageKey, JSON.stringify({ tab, room, token, peerId }));
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
      const { tab, room, token, peerId }: { [name in keyof Kept]?: unknown } = kept;
      return typeof tab === "string" && typeof room === "string" && typeof token === "string"
        ? { tab, room, token, peerId: typeof peerId === "string" ? peerId : undefined }
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
