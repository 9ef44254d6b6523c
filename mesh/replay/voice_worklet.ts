/**
 * Hands the samples of a microphone to the page. A page imports this module for its address only;
 * in the scope of a worklet it registers the processor.
 */

/** For `audioWorklet.addModule`. */
export const address = import.meta.url;

/** The name of the processor; it sends a Float32Array each time. */
export const processorName = "parley-voice";

/** The part of AudioWorkletGlobalScope that is used; TypeScript's library does not declare it. */
interface SoundScope {
  readonly AudioWorkletProcessor?: new () => { readonly port: MessagePort };
  readonly registerProcessor?: (name: string, processor: unknown) => void;
  readonly sampleRate?: number;
}

const scope: SoundScope = Object(globalThis);
const { AudioWorkletProcessor: Processor, registerProcessor, sampleRate = 48_000 } = scope;
/** Three packets of 20 ms; more messages would cost more. */
const batchSamples = Math.round(sampleRate * 0.06);

if (Processor !== undefined) {
  registerProcessor?.(
    processorName,
    class extends Processor {
      #batch = new Float32Array(batchSamples);
      #filled = 0;

      process([input]: Float32Array[][]): boolean {
        // A source that has not begun, or pauses, gives no channel.
        for (const sample of input?.[0] ?? []) {
          this.#batch[this.#filled++] = sample;
          if (this.#filled < batchSamples) continue;
          this.port.postMessage(this.#batch, [this.#batch.buffer]);
          this.#batch = new Float32Array(batchSamples);
          this.#filled = 0;
        }
        return true;
      }
    },
  );
}
