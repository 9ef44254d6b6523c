/** What RNNoise needs from outside: more memory, which it never asks for, and a copy within it. */
export interface RnnoiseImports {
  readonly grow: (bytes: number) => number;
  readonly copy: (to: number, from: number, bytes: number) => void;
}

/** RNNoise with a memory of its own; numbers are addresses in it. */
export interface RnnoiseCode {
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Comes before everything else. */
  start(): void;
  /** A new state; `model`: 0 for the one inside. */
  create(model: number): number;
  allocate(bytes: number): number;
  destroy(state: number): void;
  /** Filters 480 samples of 32 bits; returns the probability of a voice, 0 to 1. */
  process(state: number, to: number, from: number): number;
}

/** A new RNNoise. */
export function instantiate(imports: RnnoiseImports): RnnoiseCode;
