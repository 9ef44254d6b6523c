/**
 * What a home has decided for one room and not yet done: the effects of a step wait until the
 * change that they tell of is in the store, under the fence of the lease. So nobody is told what a
 * crash could undo, and a home that has lost its lease tells nobody anything.
 *
 * If the store cannot be reached, a room without members at other nodes goes on without it; others
 * wait. When the store is back, the whole record is committed.
 */
import type { Effect } from "../core/core_types.ts";
import type { RecordChange, RoomRecord, RoomRecorder } from "../core/room_record.ts";
import { type ClusterStore, type Lease, leaseMs, type LeaseState } from "./cluster_store.ts";

/** Effects that may wait for one room; the room of a slower store has to start over. */
const waitingMost = 20_000;

interface LedgerParts {
  readonly store: Pick<ClusterStore, "commit" | "isOnline">;
  readonly lease: Lease;
  readonly recorder: RoomRecorder;
  /** Whether the store has no record of the room. */
  readonly isNew: boolean;
  /** ms of one monotonic clock. */
  readonly now: () => number;
  /** Whether the room has members at other nodes. */
  readonly isSpread: () => boolean;
  /** Carries effects out, in order. */
  readonly carryOut: (effects: readonly Effect[]) => void;
  /** The store has answered a commit, or not. `ms`: how long it took. */
  readonly onCommit: (outcome: LeaseState | "failed", ms: number) => void;
  /** The lease is lost; called once, and nothing after it. */
  readonly onLost: () => void;
}

/** The effects of one step. */
interface Entry {
  readonly effects: readonly Effect[];
  isCommitted: boolean;
  /** Called when they have taken place, or never will. */
  readonly onEnd?: (isDone: boolean) => void;
}

/** The ledger of one room. */
export class Ledger {
  readonly lease: Lease;
  readonly #parts: LedgerParts;
  /** The store has no record of this room yet. */
  #isUnwritten: boolean;
  readonly #waiting: Entry[] = [];
  /** What the store has not got yet. */
  #set = new Map<string, string>();
  #remove = new Set<string>();
  /** The store may have got something else than what this node knows. */
  #mustRewrite = false;
  #committing: Promise<void> | undefined;
  /** When the store was last asked about the lease and then said that it is held. */
  #confirmedAt: number;
  #isLost = false;
  #isCarryingOut = false;

  /** `confirmedAt`: when the lease was asked for. */
  constructor(parts: LedgerParts, confirmedAt: number) {
    this.lease = parts.lease;
    this.#isUnwritten = parts.isNew;
    this.#parts = parts;
    this.#confirmedAt = confirmedAt;
  }

  /** Takes the effects of one step, and what it has changed of the record. */
  add(effects: readonly Effect[], change: RecordChange | undefined): void {
    if (this.#isLost) return;
    for (const [field, text] of change?.set ?? []) {
      this.#set.set(field, text);
      this.#remove.delete(field);
    }
    for (const field of change?.remove ?? []) {
      this.#set.delete(field);
      this.#remove.add(field);
    }
    if (effects.length === 0 && change === undefined) return;
    this.#waiting.push({ effects, isCommitted: change === undefined });
    if (this.#waiting.length > waitingMost) return this.lose();
    this.proceed();
  }

  /** The answer of the store to a renewal that was asked for at `askedAt`. */
  renewed(state: LeaseState, askedAt: number): void {
    if (state === "lost") return this.lose();
    if (state === "rewrite") this.#mustRewrite = true;
    else this.#confirmedAt = Math.max(this.#confirmedAt, askedAt);
    this.proceed();
  }

  /** The store was away, and may have lost its data: the lease must be confirmed anew. */
  doubt(): void {
    this.#confirmedAt = -Infinity;
  }

  /** Whether the lease cannot have expired. */
  get isSure(): boolean {
    return this.#parts.now() - this.#confirmedAt < leaseMs;
  }

  /** Whether what the home decides takes place soon: the store answers, or nobody needs it. */
  get isActing(): boolean {
    const { store, isSpread } = this.#parts;
    return store.isOnline ? this.isSure : !isSpread();
  }

  /**
   * Resolves when everything that was added before has taken place: true; or when the lease is
   * lost: false.
   */
  settled(): Promise<boolean> {
    if (this.#isLost) return Promise.resolve(false);
    return new Promise((onEnd) => {
      this.#waiting.push({ effects: [], isCommitted: false, onEnd });
      this.proceed();
    });
  }

  /** How many steps wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Does what can be done now; called again when the store has come or gone. */
  proceed(): void {
    if (this.#isLost) return;
    if (this.#hasChanges && this.#committing === undefined && this.#parts.store.isOnline) {
      this.#committing = this.#commit().then((isAnswered) => {
        this.#committing = undefined;
        // Otherwise the home tries again with its next tick.
        if (isAnswered) this.proceed();
      });
    }
    this.#carryOut();
  }

  /** The lease is lost: nothing that waits takes place. */
  lose(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    const waiting = this.#waiting.splice(0);
    this.#parts.onLost();
    for (const { onEnd } of waiting) onEnd?.(false);
  }

  get #hasChanges(): boolean {
    return this.#mustRewrite || this.#set.size > 0 || this.#remove.size > 0;
  }

  #carryOut(): void {
    const { store, isSpread } = this.#parts;
    // An island: nobody else can be told anything by anybody.
    const isAlone = !store.isOnline && !isSpread();
    // An effect may cause further ones, which take place after it.
    if (this.#isCarryingOut || (!isAlone && !this.isSure)) return;
    this.#isCarryingOut = true;
    try {
      this.#carryOutKnown(isAlone);
    } finally {
      this.#isCarryingOut = false;
    }
  }

  #carryOutKnown(isAlone: boolean): void {
    const { carryOut } = this.#parts;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const isKnown = next.isCommitted || !this.#hasChanges && this.#committing === undefined;
      if (!isKnown && !isAlone) break;
      this.#waiting.shift();
      carryOut(next.effects);
      next.onEnd?.(true);
    }
  }

  /** Returns whether the store has answered. */
  async #commit(): Promise<boolean> {
    const { store, recorder, now, onCommit } = this.#parts;
    const waiting = [...this.#waiting];
    const whole = this.#mustRewrite || this.#isUnwritten;
    const set: RoomRecord = whole ? recorder.whole : this.#set;
    const remove = whole ? [] : [...this.#remove];
    this.#set = new Map();
    this.#remove = new Set();
    this.#mustRewrite = false;
    const askedAt = now();
    try {
      const state = await store.commit(this.lease, { whole, set, remove });
      onCommit(state, now() - askedAt);
      if (state === "lost") this.lose();
      else if (state === "rewrite") this.#mustRewrite = true;
      else {
        this.#isUnwritten = false;
        this.#confirmedAt = Math.max(this.#confirmedAt, askedAt);
        for (const entry of waiting) entry.isCommitted = true;
      }
      return true;
    } catch {
      onCommit("failed", now() - askedAt);
      // Whether it was carried out is unknown.
      this.#mustRewrite = true;
      return false;
    }
  }
}
