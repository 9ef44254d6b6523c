/**
 * Decides which block the owner of a file gives next. Pure. Invariant: a block that a receiver has,
 * or is being given, is chosen for nobody else; it is for the receivers to pass on.
 */
import type { BlockMap } from "./block_map.ts";

interface Taker {
  has: BlockMap;
  readonly flying: Set<number>;
}

/** Of one own file. */
export class Seeder<Id> {
  readonly #count: number;
  readonly #takers = new Map<Id, Taker>();
  /** How many receivers have each block, or are being given it. */
  readonly #copies: Uint16Array;
  /** Every block before this one has a copy. */
  #first = 0;

  constructor(count: number) {
    this.#count = count;
    this.#copies = new Uint16Array(count);
  }

  /** A receiver is there, with these blocks. */
  add(id: Id, has: BlockMap): void {
    this.remove(id);
    this.#takers.set(id, { has, flying: new Set() });
    for (let block = 0; block < this.#count; block++) if (has.has(block)) this.#addCopies(block, 1);
  }

  /** A receiver is gone, with its blocks. */
  remove(id: Id): void {
    const taker = this.#takers.get(id);
    if (taker === undefined) return;
    this.#takers.delete(id);
    for (let block = 0; block < this.#count; block++) {
      if (taker.has.has(block) || taker.flying.has(block)) this.#addCopies(block, -1);
    }
  }

  /** A receiver has a block, from anybody. */
  gained(id: Id, block: number): void {
    const taker = this.#takers.get(id);
    if (taker === undefined || !taker.has.add(block)) return;
    if (!taker.flying.delete(block)) this.#addCopies(block, 1);
  }

  /** What to give a receiver; undefined: nothing that no other has. */
  choose(id: Id): number | undefined {
    const taker = this.#takers.get(id);
    if (taker === undefined) return undefined;
    while (this.#first < this.#count && this.#copies[this.#first] !== 0) this.#first++;
    for (let block = this.#first; block < this.#count; block++) {
      if (this.#copies[block] === 0) return this.given(id, block);
    }
    return undefined;
  }

  /** A receiver is being given a block. */
  given(id: Id, block: number): number {
    const taker = this.#takers.get(id);
    if (taker === undefined || taker.has.has(block) || taker.flying.has(block)) return block;
    taker.flying.add(block);
    this.#addCopies(block, 1);
    return block;
  }

  #addCopies(block: number, by: number): void {
    const copies = (this.#copies[block] ?? 0) + by;
    this.#copies[block] = copies;
    if (copies === 0 && block < this.#first) this.#first = block;
  }
}
