/** Which blocks of a file somebody has. */

/** A set of block numbers below `count`. */
export class BlockMap {
  readonly count: number;
  readonly #bits: Uint8Array<ArrayBuffer>;
  #size = 0;

  constructor(count: number) {
    this.count = count;
    this.#bits = new Uint8Array(Math.ceil(count / 8));
  }

  /** A map with every block. */
  static full(count: number): BlockMap {
    const map = new BlockMap(count);
    for (let block = 0; block < count; block++) map.add(block);
    return map;
  }

  /** Reads what `encode` has written; undefined if it is not of `count` blocks. */
  static decode(count: number, text: string): BlockMap | undefined {
    const map = new BlockMap(count);
    let raw: string;
    try {
      raw = atob(text);
    } catch {
      return undefined;
    }
    if (raw.length !== map.#bits.length) return undefined;
    for (let block = 0; block < raw.length * 8; block++) {
      if ((raw.charCodeAt(block >> 3) & (1 << (block & 7))) === 0) continue;
      if (block >= count) return undefined;
      map.add(block);
    }
    return map;
  }

  /** How many blocks it has. */
  get size(): number {
    return this.#size;
  }

  get isFull(): boolean {
    return this.#size === this.count;
  }

  has(block: number): boolean {
    return ((this.#bits[block >> 3] ?? 0) & (1 << (block & 7))) !== 0;
  }

  /** False: it has the block already, or there is no such block. */
  add(block: number): boolean {
    if (block < 0 || block >= this.count || this.has(block)) return false;
    this.#bits[block >> 3] = (this.#bits[block >> 3] ?? 0) | (1 << (block & 7));
    this.#size++;
    return true;
  }

  /** As base64. */
  encode(): string {
    let raw = "";
    for (const byte of this.#bits) raw += String.fromCharCode(byte);
    return btoa(raw);
  }
}
