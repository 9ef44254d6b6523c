/** RNNoise: removes from a voice what is no voice, 10 ms at a time. */
import { instantiate, type RnnoiseCode } from "./rnnoise_code.js";

/** Samples of one frame: 10 ms at 48 kHz. */
export const frameSamples = 480;

/** RNNoise works with samples of this range; everybody else with -1 to 1. */
const scale = 32_768;

/** One voice's filter. What comes out is one frame late. */
export class Rnnoise {
  readonly #code: RnnoiseCode;
  readonly #state: number;
  readonly #address: number;
  readonly #samples: Float32Array;

  constructor() {
    const code: RnnoiseCode = instantiate({
      grow: () => 0,
      copy: (to, from, bytes) =>
        void new Uint8Array(code.memory.buffer).copyWithin(to, from, from + bytes),
    });
    code.start();
    this.#code = code;
    this.#state = code.create(0);
    this.#address = code.allocate(frameSamples * Float32Array.BYTES_PER_ELEMENT);
    this.#samples = new Float32Array(code.memory.buffer, this.#address, frameSamples);
  }

  /** Filters one frame in place. */
  process(frame: Float32Array): void {
    for (let at = 0; at < frameSamples; at++) this.#samples[at] = (frame[at] ?? 0) * scale;
    this.#code.process(this.#state, this.#address, this.#address);
    for (let at = 0; at < frameSamples; at++) frame[at] = (this.#samples[at] ?? 0) / scale;
  }
}
