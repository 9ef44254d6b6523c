/**
 * Plays missed voices until the present is reached. All of a cut share one playhead, so that a
 * conversation keeps its order. Pure. Invariants:
 * 1 Every sound is played once, in the order of its time; only long pauses of all are shortened.
 * 2 It is never slower than live, so that the present is reached.
 */
import { durationOf, joined, sampleRate } from "./sound.ts";
import { Stretch } from "./stretch.ts";

/** Sound of one person. `at`: when it began, ms by the own clock; mono at 48 kHz. */
export interface VoicePiece {
  readonly at: number;
  readonly samples: Float32Array;
}

interface Voice {
  readonly pieces: VoicePiece[];
  /** All sound before this has come, ms. */
  until: number;
}

const blockMs = 20;
const blockSamples = sampleRate * blockMs / 1_000;
/** A quieter block is a pause: −46 dB. */
const pauseLevel = 0.005;
/** What remains of a pause: blocks after a sound, and before the next one. */
const pauseBlocks = { after: 8, before: 3 } as const;
/** The time in which a replay reaches the present if the rates allow it, ms. */
const wantedMs = 12_000;
/** Faster speech is hard to understand. */
const rates = { least: 1.2, most: 1.8 } as const;

/** One replay. */
export class CatchUp {
  readonly #voices = new Map<string, Voice>();
  readonly #gainOf: (peerId: string) => number;
  readonly #stretch = new Stretch();
  /** How far the sound was taken, ms. */
  #at: number;
  #startedAt: number | undefined;
  /** Where the last sound that has come ends, ms. */
  #end = -Infinity;
  /** Silent blocks in a row, and the last of those that were not played. */
  #silent = 0;
  #held: Float32Array[] = [];

  /** `from`: ms by the own clock; `gainOf`: how loud a person is played, 0 to 1. */
  constructor({ from, gainOf }: { from: number; gainOf: (peerId: string) => number }) {
    this.#at = from;
    this.#gainOf = gainOf;
  }

  /** How far the sound was taken, ms by the own clock. */
  get at(): number {
    return this.#at;
  }

  /** Whether nothing more has come than was taken. */
  get isDry(): boolean {
    return this.#at + blockMs > this.#until;
  }

  /** Whether nothing more comes from anybody. */
  get isOver(): boolean {
    return [...this.#voices.values()].every(({ until }) => until === Infinity);
  }

  /** A person's voice will come. */
  expect(peerId: string): void {
    this.#voices.set(peerId, { pieces: [], until: -Infinity });
  }

  /** Sound has come. */
  add(peerId: string, piece: VoicePiece): void {
    const voice = this.#voices.get(peerId);
    if (voice === undefined) return;
    voice.pieces.push(piece);
    const end = piece.at + durationOf(piece.samples.length);
    this.#end = Math.max(this.#end, end);
    this.heard(peerId, end);
  }

  /** All sound of a person before `at` has come; Infinity: no more comes. */
  heard(peerId: string, at: number): void {
    const voice = this.#voices.get(peerId);
    if (voice !== undefined) voice.until = Math.max(voice.until, at);
  }

  /** Sound for at most `ms` of output; empty if no more has come. `now`: ms by the own clock. */
  take(ms: number, now: number): Float32Array {
    const rate = this.rate(now);
    const parts: Float32Array[] = [];
    let samples = 0;
    while (samples < ms * sampleRate / 1_000 && !this.isDry) {
      for (const block of this.#nextBlocks()) {
        const part = this.#stretch.push(block, rate);
        parts.push(part);
        samples += part.length;
      }
    }
    return joined(parts);
  }

  /** What the stretching holds back, at the end. */
  flush(): Float32Array {
    return this.#stretch.flush();
  }

  /** How much faster than live, at `now`. */
  rate(now: number): number {
    this.#startedAt ??= now;
    const left = Math.max(2_000, this.#startedAt + wantedMs - now);
    return Math.min(rates.most, Math.max(rates.least, 1 + (now - this.#at) / left));
  }

  get #until(): number {
    const until = Math.min(...[...this.#voices.values()].map(({ until }) => until));
    return until === Infinity ? this.#end : until;
  }

  /** The next block, with those before it that turn out to be the beginning of a sound; or none. */
  #nextBlocks(): readonly Float32Array[] {
    const block = this.#mix();
    this.#at += blockMs;
    if (level(block) >= pauseLevel) {
      const blocks = [...this.#held, block];
      this.#silent = 0;
      this.#held = [];
      return blocks;
    }
    if (++this.#silent <= pauseBlocks.after) return [block];
    this.#held = [...this.#held, block].slice(-pauseBlocks.before);
    return [];
  }

  #mix(): Float32Array {
    const block = new Float32Array(blockSamples);
    for (const [peerId, { pieces }] of this.#voices) {
      const gain = this.#gainOf(peerId);
      for (const { at, samples } of pieces) {
        const offset = Math.round((at - this.#at) * sampleRate / 1_000);
        const end = Math.min(blockSamples, offset + samples.length);
        for (let index = Math.max(0, offset); index < end; index++) {
          block[index] = (block[index] ?? 0) + gain * (samples[index - offset] ?? 0);
        }
      }
      const isPast = ({ at, samples }: VoicePiece) =>
        at + durationOf(samples.length) <= this.#at + blockMs;
      while (pieces[0] !== undefined && isPast(pieces[0])) pieces.shift();
    }
    return block;
  }
}

/** The root mean square. */
function level(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}
