/** Sound as samples, mono. */

/** Samples per second wherever missed voices are decoded, stretched and played. */
export const sampleRate = 48_000;

/** All parts in a row. */
export function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** How long so many samples last, ms. */
export function durationOf(samples: number): number {
  return 1_000 * samples / sampleRate;
}
