/**
 * What a home has decided for one room and not yet done: the effects of a step wait until the change
 * that they tell of is in the store, under the fence of the lease. So nobody is told what a crash
 * could undo, and a home that has lost its lease tells nobody anything.
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
  /** ms of one monotonic clock. */
  readonly now: () => number;
  /** Whether the room has members at other nodes. */
  readonly isSpread: () => boolean;
  /** For how long the present record is kept without a change, ms. */
  readonly keepMs: () => number;
  /** Carries effects out, in order. */
  readonly carryOut: (effects: readonly Effect[]) => void;
  /** The lease is lost; called once, and nothing after it. */
  readonly onLost: () => void;
}

/** The ledger of one room. */
export class Ledger {
  readonly lease: Lease;
  readonly #parts: LedgerParts;
  readonly #waiting: { effects: readonly Effect[]; isCommitted: boolean }[] = [];
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
  #onSettled: (() => void)[] = [];

  /** `confirmedAt`: when the lease was asked for. */
  constructor(parts: LedgerParts, confirmedAt: number) {
    this.lease = parts.lease;
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

  /** Resolves when nothing waits, or the lease is lost. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#onSettled.push(resolve);
      this.proceed();
    });
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
    if (this.#waiting.length === 0 && !(this.#hasChanges && this.#parts.store.isOnline)) {
      for (const resolve of this.#onSettled.splice(0)) resolve();
    }
  }

  /** The lease is lost: nothing that waits takes place. */
  lose(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#waiting.length = 0;
    for (const resolve of this.#onSettled.splice(0)) resolve();
    this.#parts.onLost();
  }

  get #hasChanges(): boolean {
    return this.#mustRewrite || this.#set.size > 0 || this.#remove.size > 0;
  }

  #carryOut(): void {
    const { store, isSpread, carryOut } = this.#parts;
    // An island: nobody else can be told anything by anybody.
    const isAlone = !store.isOnline && !isSpread();
    // An effect may cause further ones, which take place after it.
    if (this.#isCarryingOut || (!isAlone && !this.isSure)) return;
    this.#isCarryingOut = true;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (!next.isCommitted && !isAlone) break;
      this.#waiting.shift();
      carryOut(next.effects);
    }
    this.#isCarryingOut = false;
  }

  /** Returns whether the store has answered. */
  async #commit(): Promise<boolean> {
    const { store, recorder, now, keepMs } = this.#parts;
    const waiting = [...this.#waiting];
    const whole = this.#mustRewrite;
    const set: RoomRecord = whole ? recorder.whole : this.#set;
    const remove = whole ? [] : [...this.#remove];
    this.#set = new Map();
    this.#remove = new Set();
    this.#mustRewrite = false;
    const askedAt = now();
    try {
      const change = { whole, set, remove, keepMs: keepMs() };
      const state = await store.commit(this.lease, change);
      if (state === "lost") this.lose();
      else if (state === "rewrite") this.#mustRewrite = true;
      else {
        this.#confirmedAt = Math.max(this.#confirmedAt, askedAt);
        for (const entry of waiting) entry.isCommitted = true;
      }
      return true;
    } catch {
      // Whether it was carried out is unknown.
      this.#mustRewrite = true;
      return false;
    }
  }
}
