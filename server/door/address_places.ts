/** How many connections each address has open. */
import { addressUnit } from "../../signaling/mod.ts";

/** Counts connections by IPv4 address, or by /64 network of IPv6. */
export class AddressPlaces {
  readonly #most: (address: string) => number;
  readonly #taken = new Map<string, number>();

  /** `most`: how many an address may have at once. */
  constructor(most: (address: string) => number) {
    this.#most = most;
  }

  /** How many places are taken. */
  get count(): number {
    return this.#taken.values().reduce((sum, count) => sum + count, 0);
  }

  /** Takes a place; returns what gives it back, once. Undefined: there is none. */
  take(address: string): (() => void) | undefined {
    const unit = addressUnit(address);
    const count = (this.#taken.get(unit) ?? 0) + 1;
    if (count > this.#most(address)) return undefined;
    this.#taken.set(unit, count);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const left = (this.#taken.get(unit) ?? 1) - 1;
      if (left > 0) this.#taken.set(unit, left);
      else this.#taken.delete(unit);
    };
  }
}
