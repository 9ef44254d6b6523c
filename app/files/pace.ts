/** How fast something moves and how long it still takes, steady enough to be read. */

/** Bytes a second and seconds; undefined as long as nothing can be said. */
export interface Pace {
  readonly rate: number | undefined;
  readonly remaining: number | undefined;
}

/** Between two looks at least, ms: less would show the bursts of the wire. */
const lookMs = 500;
/** How much a new look counts. */
const weight = 0.3;

/** Follows one transfer. */
export class PaceWatch {
  readonly #size: number;
  #bytes = 0;
  #at: number | undefined;
  #rate: number | undefined;

  constructor(size: number) {
    this.#size = size;
  }

  /** So many bytes are through at `now` (ms, never jumps). */
  see(bytes: number, now: number): Pace {
    if (this.#at === undefined || bytes < this.#bytes) {
      this.#at = now;
      this.#bytes = bytes;
    } else if (now - this.#at >= lookMs) {
      const latest = (bytes - this.#bytes) / ((now - this.#at) / 1000);
      this.#rate = this.#rate === undefined ? latest : this.#rate + weight * (latest - this.#rate);
      this.#at = now;
      this.#bytes = bytes;
    }
    return { rate: this.#rate, remaining: this.#remaining(bytes) };
  }

  /** It stands still: what comes later is measured anew. */
  pause(): void {
    this.#at = undefined;
    this.#rate = undefined;
  }

  #remaining(bytes: number): number | undefined {
    if (this.#rate === undefined || this.#rate <= 0) return undefined;
    return (this.#size - bytes) / this.#rate;
  }
}
