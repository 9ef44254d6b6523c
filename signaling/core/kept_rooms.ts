/**
 * The decisions about rooms that must outlive their members and the process. Invariants:
 * 1 A room on which nothing was decided is not kept.
 * 2 What is kept of rooms without members is bounded in number and time.
 */
import { limits } from "../../protocol/mod.ts";
import type { KeptRules } from "./core_types.ts";

/** Told of each change: the rules to keep, or undefined if there are none left. */
type Tell = (room: string, rules: KeptRules | undefined) => void;

/** How many rooms without members one tick looks at. */
const lookedAtPerTick = 20;

/** All kept rules of one node, those of rooms without members in the order in which they lost them. */
export class KeptRooms {
  readonly #tell: Tell;
  readonly #occupied = new Map<string, KeptRules>();
  readonly #empty = new Map<string, KeptRules>();

  /** `before`: what an earlier process kept. */
  constructor(before: Iterable<readonly [string, KeptRules]>, tell: Tell) {
    this.#tell = tell;
    for (const [room, rules] of before) this.#empty.set(room, rules);
  }

  get size(): number {
    return this.#occupied.size + this.#empty.size;
  }

  names(): string[] {
    return [...this.#occupied.keys(), ...this.#empty.keys()];
  }

  get(room: string): KeptRules | undefined {
    return this.#occupied.get(room) ?? this.#empty.get(room);
  }

  /** Keeps what is decided now; undefined: nothing. */
  keep(room: string, rules: KeptRules | undefined): void {
    const before = this.get(room);
    if (before === undefined && rules === undefined) return;
    this.#occupied.delete(room);
    this.#empty.delete(room);
    if (rules !== undefined) {
      const shelf = rules.emptySince === undefined ? this.#occupied : this.#empty;
      shelf.set(room, rules);
    }
    if (JSON.stringify(before) !== JSON.stringify(rules)) this.#tell(room, rules);
    if (this.#empty.size > limits.emptyRoomsKept) this.#forgetOldest();
  }

  /** Forgets what has been without members for too long. `at`: ms since the epoch. */
  tick(at: number): void {
    let left = lookedAtPerTick;
    for (const [room, { emptySince = at }] of this.#empty) {
      if (left-- === 0 || at - emptySince < limits.emptyRoomKeptMs) return;
      this.keep(room, undefined);
    }
  }

  #forgetOldest(): void {
    const [oldest] = this.#empty.keys();
    if (oldest !== undefined) this.keep(oldest, undefined);
  }
}
