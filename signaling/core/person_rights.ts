/**
 * What owners have taken away from single people. Invariant: at most `peopleMost` people are
 * remembered; who left the longest ago is forgotten first.
 */
import {
  type PeerId,
  type PersonRight,
  personRights,
  type TakenRights,
} from "../../protocol/mod.ts";

/** More than a room has members, so that somebody who comes back does not get a right back. */
const peopleMost = 64;

/** The taken rights of one room. */
export class PersonRights {
  #taken: ReadonlyMap<PeerId, readonly PersonRight[]> = new Map();

  /** Those of a room that another node continues. */
  static fromRecord(taken: readonly TakenRights[]): PersonRights {
    const rights = new PersonRights();
    rights.#taken = new Map(taken.map(({ peerId, rights }) => [peerId, rights]));
    return rights;
  }

  /** All taken rights. */
  get all(): readonly TakenRights[] {
    return [...this.#taken].map(([peerId, rights]) => ({ peerId, rights }));
  }

  /** Whether a right was taken from a peer. */
  has(peerId: PeerId, right: PersonRight): boolean {
    return this.#taken.get(peerId)?.includes(right) ?? false;
  }

  /** Takes a right from a peer, or gives it back. `present`: the members. */
  set(
    { peerId, right, given }: { peerId: PeerId; right: PersonRight; given: boolean },
    present: Pick<ReadonlyMap<PeerId, unknown>, "has">,
  ): void {
    const before = this.#taken.get(peerId) ?? [];
    const after = personRights.filter((each) => each === right ? !given : before.includes(each));
    const taken = new Map(this.#taken);
    taken.delete(peerId);
    if (after.length > 0) taken.set(peerId, after);
    for (const other of taken.keys()) {
      if (taken.size <= peopleMost) break;
      if (!present.has(other)) taken.delete(other);
    }
    this.#taken = taken;
  }

  /** Gives everything back to everybody. */
  clear(): void {
    this.#taken = new Map();
  }
}
