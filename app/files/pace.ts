/** A smoothed transfer rate and the remaining time. */

/** Bytes a second and seconds; undefined until known. */
export interface Pace {
  readonly rate: number | undefined;
  readonly remaining: number | undefined;
}

/** The shortest time between two samples, ms: less would show bursts. */
const lookMs = 500;
/** The weight of a new sample. */
const weight = 0.3;

/** Measures one transfer. */
export class PaceWatch {
  readonly #size: number;
  #bytes = 0;
  #at: number | undefined;
  #rate: number | undefined;

  constructor(size: number) {
    this.#size = size;
  }

  /** Adds a sample: `bytes` transferred at `now` (ms, monotonic). */
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

  /** Pauses: the next samples start a new measurement. */
  pause(): void {
    this.#at = undefined;
    this.#rate = undefined;
  }

  #remaining(bytes: number): number | undefined {
    if (this.#rate === undefined || this.#rate <= 0) return undefined;
    return (this.#size - bytes) / this.#rate;
  }
}
