/**
 * Decides which block to ask whom for. Pure: time and chance are inputs. Invariants:
 * 1 A block is asked of one holder at a time, and only of one that has it.
 * 2 The owner of the file is asked for no particular block, unless nobody else gives any for
 *   `stallMs`: the owner hands out what nobody has yet, so that each block leaves it once.
 * 3 A holder that has sent a wrong block is not asked again.
 */
import { BlockMap } from "./block_map.ts";

/** A particular block, or any that the holder chooses. */
export type Ask = number | "any";

interface Holder {
  has: BlockMap;
  readonly isOwner: boolean;
  readonly asked: Set<number>;
  /** Answers that are to come with a block of the holder's choice. */
  open: number;
  /** The owner has nothing new until then, ms. */
  quietUntil: number;
}

interface PickerOptions {
  /** What is on the own disk. */
  readonly have: BlockMap;
  /** Blocks that may be under way from one holder, and from all. */
  readonly each: number;
  readonly all: number;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** The owner with nothing new is asked again after, ms. */
const quietMs = 500;
/** Without a block for so long, the owner is asked for those that others should have. ms. */
const stallMs = 2_000;
/** How long that lasts, ms. */
const impatientMs = 10_000;

/** Of one file that comes in. */
export class Picker<Id> {
  readonly #options: PickerOptions;
  readonly #holders = new Map<Id, Holder>();
  readonly #banned = new Set<Id>();
  /** Blocks that are asked for, or are being checked and written. */
  readonly #underWay = new Set<number>();
  #gainedAt: number;
  #impatientUntil = -Infinity;

  constructor(options: PickerOptions, now: number) {
    this.#options = options;
    this.#gainedAt = now;
  }

  /** Whether a holder may be asked; see `ban`. */
  isBanned(id: Id): boolean {
    return this.#banned.has(id);
  }

  /** Whether some holder has a block that is missing here. */
  get isHopeful(): boolean {
    const { have } = this.#options;
    return [...this.#holders.values()].some(({ has }) => {
      for (let block = 0; block < has.count; block++) {
        if (has.has(block) && !have.has(block)) return true;
      }
      return false;
    });
  }

  /** A holder is there, with these blocks. */
  add(id: Id, { has, isOwner }: Pick<Holder, "has" | "isOwner">): void {
    if (this.#banned.has(id)) return;
    this.remove(id);
    this.#holders.set(id, { has, isOwner, asked: new Set(), open: 0, quietUntil: -Infinity });
  }

  /** A holder has one more. */
  gained(id: Id, block: number): void {
    this.#holders.get(id)?.has.add(block);
  }

  /** A holder is gone: others are asked for what it owes. */
  remove(id: Id): void {
    const holder = this.#holders.get(id);
    if (holder === undefined) return;
    for (const block of holder.asked) this.#underWay.delete(block);
    this.#holders.delete(id);
  }

  /** A holder has sent what it should not. */
  ban(id: Id): void {
    this.remove(id);
    this.#banned.add(id);
  }

  /** What to ask a holder for now; undefined: nothing. The answer counts as asked. */
  next(id: Id, now: number): Ask | undefined {
    const holder = this.#holders.get(id);
    const { each, all } = this.#options;
    if (holder === undefined || holder.asked.size + holder.open >= each) return undefined;
    if (this.#underWay.size + this.#openAnswers() >= all) return undefined;
    if (!holder.isOwner) return this.#ask(holder, this.#rarestOf(holder));
    if (!this.#lacksAny()) return undefined;
    if (now >= holder.quietUntil) {
      holder.open++;
      return "any";
    }
    if (now - this.#gainedAt >= stallMs) this.#impatientUntil = now + impatientMs;
    if (now >= this.#impatientUntil) return undefined;
    return this.#ask(holder, this.#rarestOf(holder));
  }

  /** The owner has chosen a block; false: it was not asked, or the block is not wanted. */
  chosen(id: Id, block: number): boolean {
    const holder = this.#holders.get(id);
    if (holder === undefined || holder.open === 0) return false;
    if (block < 0 || block >= this.#options.have.count) return false;
    holder.open--;
    holder.asked.add(block);
    this.#underWay.add(block);
    return true;
  }

  /** The owner has nothing that others do not have. */
  refused(id: Id, now: number): boolean {
    const holder = this.#holders.get(id);
    if (holder === undefined || holder.open === 0) return false;
    holder.open--;
    holder.quietUntil = now + quietMs;
    return true;
  }

  /** All bytes of a block are here; it is checked and written next. */
  arrived(id: Id, block: number): void {
    this.#holders.get(id)?.asked.delete(block);
    this.#underWay.add(block);
  }

  /** A block is on the disk. */
  kept(block: number, now: number): void {
    this.#underWay.delete(block);
    this.#options.have.add(block);
    this.#gainedAt = now;
  }

  /** A block was wrong, or could not be given. */
  lost(block: number): void {
    this.#underWay.delete(block);
  }

  #ask(holder: Holder, block: number | undefined): number | undefined {
    if (block === undefined) return undefined;
    holder.asked.add(block);
    this.#underWay.add(block);
    return block;
  }

  #openAnswers(): number {
    let sum = 0;
    for (const { open } of this.#holders.values()) sum += open;
    return sum;
  }

  #lacksAny(): boolean {
    const { have } = this.#options;
    return have.size + this.#underWay.size + this.#openAnswers() < have.count;
  }

  /** The block that fewest others have; chance decides among equals. */
  #rarestOf(holder: Holder): number | undefined {
    const { have, random } = this.#options;
    let [best, fewest, equals]: [number | undefined, number, number] = [undefined, Infinity, 0];
    for (let block = 0; block < have.count; block++) {
      if (!holder.has.has(block) || have.has(block) || this.#underWay.has(block)) continue;
      const copies = this.#copiesOf(block);
      if (copies > fewest) continue;
      equals = copies < fewest ? 1 : equals + 1;
      if (copies < fewest || random() * equals < 1) best = block;
      fewest = copies;
    }
    return best;
  }

  #copiesOf(block: number): number {
    let copies = 0;
    for (const { has } of this.#holders.values()) if (has.has(block)) copies++;
    return copies;
  }
}
