/** Noise removal of the own microphone; loaded if the person wants it. */
export { NoiseFilter, type NoiseState } from "./noise_filter.ts";
