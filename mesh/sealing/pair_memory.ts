/**
 * The pairs of one visit. Invariants:
 * 1 Two hellos have one pair, also after the member was lost and has come back: its keys never
 *   count from 1 again, so that no two messages have the same IV, and none is opened twice.
 * 2 The hello of a page that the member has left never counts again.
 */
import type { PeerId } from "../../protocol/mod.ts";
import { toHex } from "./bytes.ts";
import { type Hello, type OwnHello, transcriptOf } from "./hello.ts";
import { Pair } from "./pair.ts";
import type { RoomKeys } from "./room_keys.ts";

/** All pairs with all members. */
export class PairMemory {
  readonly #pairs = new Map<string, Promise<Pair | undefined>>();
  /** The newest page of each member. */
  readonly #pages = new Map<PeerId, string>();
  /** Pages that their members have left. */
  readonly #left = new Set<string>();

  /** Undefined: the other hello is of a page that was left, or it has no valid key. */
  async between(keys: RoomKeys, own: OwnHello, other: Hello): Promise<Pair | undefined> {
    // With id and certificate: a member can copy the keys of another one into its own hello.
    const page = toHex(transcriptOf(other));
    if (this.#left.has(page)) return undefined;
    const before = this.#pages.get(other.id);
    if (before !== undefined && before !== page) this.#left.add(before);
    this.#pages.set(other.id, page);
    const name = [keys.secret, own.id, page].join(" ");
    const known = this.#pairs.get(name) ?? Pair.between(keys, own, other);
    this.#pairs.set(name, known);
    return await known;
  }
}
