/**
 * Plays sound faster without changing its pitch: WSOLA (Verhelst and Roelands, 1993). Short pieces
 * of the input are joined where they are most alike. Pure; mono.
 */
import { joined } from "./sound.ts";

/** Lengths in samples of one sample rate. */
interface Lengths {
  /** Of one piece of output, and of the fade between two pieces. */
  readonly hop: number;
  /** How far the best place of a piece is searched, to both sides. */
  readonly reach: number;
}

/** At 48 kHz: 15 ms, and 10 ms, the period of a low voice. */
const lengths: Lengths = { hop: 720, reach: 480 };
/** Candidates that are compared first, and the samples of each that are compared. */
const coarse = 8;
const sparse = 4;

/** A stream of sound. */
export class Stretch {
  /** Input from the end of the last piece's natural place on. */
  #input = new Float32Array(0);
  /** Where the next piece would begin without a search, in #input; may have a fraction. */
  #next = 0;
  /** Where the input goes on after the last piece, in #input. */
  #natural = 0;
  readonly #fade = Float32Array.from(
    { length: lengths.hop },
    (_, index) => Math.sin(Math.PI / 2 * (index + 0.5) / lengths.hop) ** 2,
  );

  /** Takes sound at 48 kHz, and returns what can be played of it, `rate` times faster. */
  push(sound: Float32Array, rate: number): Float32Array {
    this.#input = joined([this.#input, sound]);
    const { hop, reach } = lengths;
    const pieces: Float32Array[] = [];
    while (
      Math.max(Math.ceil(this.#next) + reach, this.#natural) + 2 * hop <= this.#input.length
    ) {
      const best = this.#bestPlace();
      pieces.push(this.#join(best));
      this.#natural = best + hop;
      this.#next += hop * rate;
    }
    this.#forget();
    return joined(pieces);
  }

  /** The rest of the input, after its end. */
  flush(): Float32Array {
    const rest = this.#input.slice(this.#natural);
    this.#input = new Float32Array(0);
    this.#next = this.#natural = 0;
    return rest;
  }

  /** Fades from where the input goes on to the piece at `place`. */
  #join(place: number): Float32Array {
    const { hop } = lengths;
    return Float32Array.from({ length: hop }, (_, index) => {
      const gain = this.#fade[index] ?? 1;
      return (this.#input[this.#natural + index] ?? 0) * (1 - gain) +
        (this.#input[place + index] ?? 0) * gain;
    });
  }

  #bestPlace(): number {
    const { reach } = lengths;
    const middle = Math.round(this.#next);
    const near = this.#search(middle, reach, coarse);
    return this.#search(near, coarse, 1);
  }

  #search(middle: number, reach: number, step: number): number {
    let best = middle;
    let likeness = -Infinity;
    for (let place = Math.max(0, middle - reach); place <= middle + reach; place += step) {
      const found = this.#likeness(place);
      if (found <= likeness) continue;
      likeness = found;
      best = place;
    }
    return best;
  }

  /** How alike the sound at `place` is to how the last piece goes on: normalised correlation. */
  #likeness(place: number): number {
    let product = 0;
    let energy = 1e-9;
    for (let index = 0; index < lengths.hop; index += sparse) {
      const sample = this.#input[place + index] ?? 0;
      product += sample * (this.#input[this.#natural + index] ?? 0);
      energy += sample * sample;
    }
    return product / Math.sqrt(energy);
  }

  #forget(): void {
    const used = Math.max(0, Math.min(Math.floor(this.#next) - lengths.reach, this.#natural));
    this.#input = this.#input.slice(used);
    this.#next -= used;
    this.#natural -= used;
  }
}
