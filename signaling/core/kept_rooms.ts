/**
 * Rules of rooms that must outlive the members and the process. Invariants:
 * 1 A room whose rules nobody changed is not kept.
 * 2 The rules of rooms without members are bounded in number and age.
 */
import { serverLimits } from "../../protocol/mod.ts";
import type { KeptRules, Step } from "./core_types.ts";

/** How many rooms without members one tick checks. */
const checkedPerTick = 20;

/** All kept rules of one node. Rooms without members are ordered by when they became empty. */
export class KeptRooms {
  readonly #occupied = new Map<string, KeptRules>();
  readonly #empty = new Map<string, KeptRules>();

  /** `before`: what an earlier process kept. */
  constructor(before: Iterable<readonly [room: string, rules: KeptRules]>) {
    for (const [room, rules] of before) this.#empty.set(room, rules);
  }

  /** How many rooms are kept. */
  get size(): number {
    return this.#occupied.size + this.#empty.size;
  }

  /** The names of all kept rooms. */
  names(): string[] {
    return [...this.#occupied.keys(), ...this.#empty.keys()];
  }

  /** The kept rules of a room, whether it has members or not. */
  get(room: string): KeptRules | undefined {
    return this.#occupied.get(room) ?? this.#empty.get(room);
  }

  /**
   * Replaces the rules of a room, and emits `keep` if they changed; undefined: forgets the room.
   */
  keep(
    { room, rules }: { room: string; rules: KeptRules | undefined },
    step: Pick<Step, "emit">,
  ): void {
    const before = this.get(room);
    if (before === undefined && rules === undefined) return;
    this.#occupied.delete(room);
    this.#empty.delete(room);
    if (rules !== undefined) {
      const rooms = rules.emptySince === undefined ? this.#occupied : this.#empty;
      rooms.set(room, rules);
    }
    if (JSON.stringify(before) !== JSON.stringify(rules)) step.emit({ kind: "keep", room, rules });
    if (this.#empty.size > serverLimits.emptyRoomsKept) this.#forgetOldest(step);
  }

  /** Takes the rules of a room over from another node. */
  restore(room: string, rules: KeptRules): void {
    this.drop(room);
    (rules.emptySince === undefined ? this.#occupied : this.#empty).set(room, rules);
  }

  /** Forgets a room of which another node keeps the rules from now on. */
  drop(room: string): void {
    this.#occupied.delete(room);
    this.#empty.delete(room);
  }

  /** Forgets the rooms that have been empty for too long. */
  tick(step: Pick<Step, "at" | "emit">): void {
    let left = checkedPerTick;
    for (const [room, { emptySince = step.at }] of this.#empty) {
      if (left-- === 0 || step.at - emptySince < serverLimits.emptyRoomKeptMs) return;
      this.keep({ room, rules: undefined }, step);
    }
  }

  #forgetOldest(step: Pick<Step, "emit">): void {
    const [oldest] = this.#empty.keys();
    if (oldest !== undefined) this.keep({ room: oldest, rules: undefined }, step);
  }
}
