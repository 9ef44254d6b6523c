/** Passes sound that comes in blocks of one size through a filter of frames of another size. */

/** What filters a frame in place. */
export type FilterFrame = (frame: Float32Array) => void;

/**
 * Invariants: as many samples come out as go in; the delay is the same for all of them, and the
 * smallest that the two sizes allow.
 */
export class Frames {
  readonly #filter: FilterFrame;
  readonly #frame: Float32Array;
  /** What is filtered and has not gone out yet, from its start. */
  readonly #ready: Float32Array;
  #filled = 0;
  #waiting: number;

  /** `frame` and `block`: samples. */
  constructor({ frame, block, filter }: { frame: number; block: number; filter: FilterFrame }) {
    this.#filter = filter;
    this.#frame = new Float32Array(frame);
    this.#waiting = frame - commonDivisor(frame, block);
    this.#ready = new Float32Array(this.#waiting + frame + block);
  }

  /** Samples by which the output is later than the input, beside the delay of the filter. */
  static delay({ frame, block }: { frame: number; block: number }): number {
    return frame - commonDivisor(frame, block);
  }

  /** Takes one block and gives one. */
  pass(input: Float32Array, output: Float32Array): void {
    for (let at = 0; at < input.length;) {
      const part = input.subarray(at, at + this.#frame.length - this.#filled);
      this.#frame.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === this.#frame.length) this.#finish();
    }
    output.set(this.#ready.subarray(0, output.length));
    this.#waiting -= output.length;
    this.#ready.copyWithin(0, output.length, output.length + this.#waiting);
  }

  #finish(): void {
    this.#filter(this.#frame);
    this.#ready.set(this.#frame, this.#waiting);
    this.#waiting += this.#frame.length;
    this.#filled = 0;
  }
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other);
}
