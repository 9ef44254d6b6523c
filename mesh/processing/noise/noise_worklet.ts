/**
 * The filter's half in the thread of the sound. A page imports this module for its address only;
 * in the scope of a worklet it registers the processor.
 */
import { Frames } from "./frames.ts";
import { LoadWatch } from "./load_watch.ts";
import { frameSamples, Rnnoise } from "./rnnoise.ts";

/** For `audioWorklet.addModule`. */
export const address = import.meta.url;

/** The name of the processor. */
export const processorName = "parley-noise";

/** What the processor sends to its node: the machine does not keep up. */
export const strainedMessage = "strained";

/** The part of AudioWorkletGlobalScope that is used; TypeScript's library does not declare it. */
interface SoundScope {
  readonly AudioWorkletProcessor?: new () => { readonly port: MessagePort };
  readonly registerProcessor?: (name: string, processor: unknown) => void;
  readonly sampleRate?: number;
}

const scope: SoundScope = Object(globalThis);
const { AudioWorkletProcessor: Processor, registerProcessor, sampleRate = 48_000 } = scope;

if (Processor !== undefined) {
  registerProcessor?.(
    processorName,
    class extends Processor {
      readonly #noise = new Rnnoise();
      readonly #load = new LoadWatch();
      #frames: Frames | undefined;

      process([input]: Float32Array[][], [output]: Float32Array[][]): boolean {
        const to = output?.[0];
        if (to === undefined) return true;
        // A source that has not begun, or pauses, gives no channel.
        const from = input?.[0] ?? new Float32Array(to.length);
        this.#frames ??= new Frames({
          frame: frameSamples,
          block: to.length,
          filter: (frame) => this.#filter(frame),
        });
        this.#frames.pass(from, to);
        return true;
      }

      #filter(frame: Float32Array): void {
        // This scope has no finer clock; over many frames its error is small.
        const start = Date.now();
        this.#noise.process(frame);
        const at = Date.now();
        const soundMs = frameSamples * 1_000 / sampleRate;
        if (this.#load.note({ at, soundMs, busyMs: at - start })) {
          this.port.postMessage(strainedMessage);
        }
      }
    },
  );
}
