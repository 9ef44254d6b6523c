// A person who speaks in a noisy place. Always the same: espeak-ng speaks, and the noise comes from
// a fixed seed.

import { type SoundFile, soundFile } from "./speech.ts";

/** Samples a second: those of WebRTC, so that nothing is resampled on the way. */
export const noisyRate = 48_000;

/** By how much the voice is louder than the noise, over everything, dB. */
const voiceDb = 5;
const sentence = "The quick brown fox jumps over the lazy dog.";
const pauseSeconds = 0.7;

/** The samples of a voice, and the same with noise; -1 to 1. */
export interface NoisySpeech {
  readonly voice: Float32Array;
  readonly mixed: Float32Array;
}

/** Lets espeak-ng speak, and adds noise. */
export async function noisySpeech(): Promise<NoisySpeech> {
  const pause = new Float32Array(pauseSeconds * noisyRate);
  const voice = joined([await spoken(sentence), pause]);
  const noise = pinkNoise(voice.length);
  const gain = Math.sqrt(power(voice) / power(noise) / 10 ** (voiceDb / 10));
  return { voice, mixed: voice.map((sample, at) => sample + gain * (noise[at] ?? 0)) };
}

/** The same as a file for Chromium's fake microphone. */
export async function noisySpeechFile(): Promise<SoundFile> {
  const { mixed } = await noisySpeech();
  const samples = Int16Array.from(mixed, (sample) => Math.round(sample * 32_767));
  return await soundFile(samples, noisyRate);
}

/** The mean square. */
export function power(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
}

/**
 * By how many dB speech is louder than the pauses: of frames of 20 ms, the loud fifth and the quiet
 * fifth, of which the one has nearly only speech and the other only noise.
 */
export function speechOverPauses(frames: readonly number[]): number {
  const sorted = [...frames].sort((one, other) => one - other);
  const fifth = Math.floor(sorted.length / 5);
  const mean = (powers: number[]) => powers.reduce((sum, each) => sum + each, 0) / powers.length;
  return 10 * Math.log10(mean(sorted.slice(-fifth)) / mean(sorted.slice(0, fifth)));
}

async function spoken(text: string): Promise<Float32Array> {
  const { success, stdout } = await new Deno.Command("espeak-ng", {
    args: ["-v", "en-us", "-s", "160", "-a", "100", "--stdout", text],
    stdin: "null",
    stderr: "null",
  }).output();
  if (!success) throw new Error("espeak-ng failed");
  const head = new DataView(stdout.buffer, stdout.byteOffset, 44);
  const samples = new Int16Array(stdout.slice(44).buffer);
  return resampled(samples, head.getUint32(24, true));
}

/** Linear interpolation, which is good enough for a voice. */
function resampled(samples: Int16Array, rate: number): Float32Array {
  const length = Math.floor(samples.length * noisyRate / rate) - 1;
  return Float32Array.from({ length }, (_, index) => {
    const at = index * rate / noisyRate;
    const [before = 0, after = 0] = samples.subarray(Math.floor(at), Math.floor(at) + 2);
    return (before + (after - before) * (at % 1)) / 32_768;
  });
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Louder in its low tones, like most places: white noise through three filters. */
function pinkNoise(length: number): Float32Array {
  let seed = 1;
  const chance = () => (seed = (seed * 1_664_525 + 1_013_904_223) >>> 0) / 2 ** 31 - 1;
  const poles = [0.99765, 0.963, 0.57] as const;
  const weights = [0.099046, 0.2965164, 1.0526913] as const;
  const held = [0, 0, 0];
  return Float32Array.from({ length }, () => {
    const white = chance();
    let sum = white * 0.1848;
    poles.forEach((pole, index) => {
      held[index] = pole * (held[index] ?? 0) + white * (weights[index] ?? 0);
      sum += held[index] ?? 0;
    });
    return sum;
  });
}
