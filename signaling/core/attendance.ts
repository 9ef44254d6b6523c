/**
 * Who was in a room, since it was opened. Invariants:
 * 1 The stays without an end are those of the members, one each.
 * 2 At most `limits.staysKept` stays are kept; the oldest that has ended is dropped first.
 */
import { type PeerId, powerLimits, type Stay } from "../../protocol/mod.ts";

/** What another node needs to continue the list. JSON. */
export interface RecordedStays {
  readonly stays: readonly Stay[];
  readonly isCut: boolean;
}

/** The stays in one room. `at`: ms since the epoch. */
export class StayList {
  #stays: readonly Stay[] = [];
  #isCut = false;

  /** Those of a room that another node continues. */
  restore({ stays, isCut }: RecordedStays): void {
    this.#stays = stays;
    this.#isCut = isCut;
  }

  /** All stays, the earliest first, and whether some were dropped. */
  get record(): RecordedStays {
    return { stays: this.#stays, isCut: this.#isCut };
  }

  /** A member has come. */
  begin({ peerId, name }: Pick<Stay, "peerId" | "name">, at: number): void {
    const stays = [...this.#stays, { peerId, name, from: at, to: null }];
    if (stays.length > powerLimits.staysKept) {
      this.#isCut = true;
      stays.splice(Math.max(0, stays.findIndex(({ to }) => to !== null)), 1);
    }
    this.#stays = stays;
  }

  /** A member has another name. */
  rename({ peerId, name }: Pick<Stay, "peerId" | "name">): void {
    this.#change(peerId, { name });
  }

  /** A member has left. */
  end(peerId: PeerId, at: number): void {
    this.#change(peerId, { to: at });
  }

  #change(peerId: PeerId, change: Partial<Stay>): void {
    this.#stays = this.#stays.map((stay) =>
      stay.peerId === peerId && stay.to === null ? { ...stay, ...change } : stay
    );
  }
}
