/**
 * What this end can send and encode, estimated from the browser's statistics. Pure except for its
 * own state. Invariants:
 * 1 Trouble lowers a budget at once, to a part of what was really used; without trouble it rises
 *   slowly, up to its ceiling.
 * 2 After a fall a budget does not rise for a while, longer after each fall that follows soon, so
 *   that it does not oscillate. Then it rises slowly, and faster the longer there is no trouble.
 */

/** One measurement of one connection. */
export interface Sample {
  readonly peerId: string;
  /** Bit/s of pictures that were allowed, and that were sent. */
  readonly allowed: number;
  readonly sent: number;
  /** Pixels per second that were encoded. */
  readonly encoded: number;
  /** `availableOutgoingBitrate`, bit/s; undefined if the browser does not report it. */
  readonly available: number | undefined;
  /** `qualityLimitationReason`, the worst of all pictures. */
  readonly limitedBy: "none" | "cpu" | "bandwidth";
  /** `fractionLost` as the other side reports it, 0 to 1. */
  readonly loss: number;
}

/** The most that a budget may be; bit/s and pixels per second. */
export interface Ceiling {
  readonly bitrate: number;
  readonly pixels: number;
}

/** A good home line upwards, and six cameras at 720p30 with half of two processors. */
export const ceiling: Ceiling = { bitrate: 8_000_000, pixels: 1280 * 720 * 30 * 3 };
/** What "light mode" allows: one small picture to each of a few. */
export const lightCeiling: Ceiling = { bitrate: 1_200_000, pixels: 640 * 360 * 20 * 2 };

/**
 * Below it a budget never falls: two of the smallest pictures, which sound does not miss, and the
 * encoding of one for everybody in a full room. A busy processor makes pictures small; to take them
 * away as well would hardly relieve it.
 */
const floor: Ceiling = { bitrate: 120_000, pixels: 160 * 90 * 10 * 15 };
const lossMost = 0.1;
/**
 * Part of the browser's estimate that pictures may use; the rest is for sound, files and errors of
 * the estimate.
 */
const share = 0.85;
const soundBitrate = 40_000;
/**
 * Above this part of the browser's estimate a line counts as full, since encoders miss their rate
 * by as much.
 */
const full = 0.6;
const fall = 0.75;
/**
 * Factor per measurement. It grows while there is no trouble, so that a fall while little was sent
 * is made up soon.
 */
const firstRise = 1.08;
const moreRise = 0.02;
const riseMost = 1.4;
const calmMs = 6_000;
const calmMostMs = 48_000;
/** A fall within this time after the last wait doubles the next wait, ms. */
const soonMs = 30_000;

/** One of the two budgets. */
class Allowance {
  readonly #floor: number;
  #most: number;
  #now: number;
  #calmMs = calmMs;
  #rise = firstRise;
  #fellAt = -Infinity;

  constructor(most: number, floor: number) {
    this.#most = most;
    this.#floor = floor;
    this.#now = most;
  }

  get now(): number {
    return Math.min(this.#now, this.#most);
  }

  set most(most: number) {
    this.#most = most;
  }

  /** `used`: how much it was just now. */
  learn({ trouble, used, now }: { trouble: boolean; used: number; now: number }): void {
    const since = now - this.#fellAt;
    if (trouble) {
      // The last fall needs a moment to show in the statistics.
      if (since < 2_000) return;
      this.#calmMs = since < this.#calmMs + soonMs
        ? Math.min(2 * this.#calmMs, calmMostMs)
        : calmMs;
      this.#fellAt = now;
      this.#rise = firstRise;
      this.#now = Math.max(this.#floor, Math.min(this.now, used) * fall);
    } else if (since >= this.#calmMs) {
      this.#now = Math.min(this.#most, this.#now * this.#rise);
      this.#rise = Math.min(riseMost, this.#rise + moreRise);
    }
  }
}

/** Both budgets of one room. */
export class Budgets {
  readonly #bitrate: Allowance;
  readonly #pixels: Allowance;
  #available = new Map<string, number>();
  #strainedFor = 0;

  constructor() {
    this.#bitrate = new Allowance(ceiling.bitrate, floor.bitrate);
    this.#pixels = new Allowance(ceiling.pixels, floor.pixels);
  }

  /** Bit/s of all pictures. */
  get bitrate(): number {
    return this.#bitrate.now;
  }

  /** Pixels a second that may be encoded. */
  get pixels(): number {
    return this.#pixels.now;
  }

  /** For how many measurements in a row the processor has been the limit. */
  get strainedFor(): number {
    return this.#strainedFor;
  }

  /** Bit/s of pictures to one peer. */
  toPeer(peerId: string): number {
    const available = this.#available.get(peerId);
    if (available === undefined) return Infinity;
    return Math.max(floor.bitrate / 2, available * share - soundBitrate);
  }

  set ceiling({ bitrate, pixels }: Ceiling) {
    this.#bitrate.most = bitrate;
    this.#pixels.most = pixels;
  }

  /** Takes one measurement of all connections. `now`: ms. */
  learn(samples: readonly Sample[], now: number): void {
    const total = (of: (sample: Sample) => number) =>
      samples.reduce((all, sample) => all + of(sample), 0);
    const strained = samples.some(({ limitedBy }) => limitedBy === "cpu");
    this.#strainedFor = strained ? this.#strainedFor + 1 : 0;
    this.#pixels.learn({ trouble: strained, used: total(({ encoded }) => encoded), now });
    const narrow = samples.filter((sample) => isNarrow(sample) || sample.loss > lossMost).length;
    // A narrow line to one viewer has its own limit; narrow lines to most of them mean that
    // ours is narrow.
    const trouble = narrow > 0 && narrow * 2 > samples.length;
    this.#bitrate.learn({ trouble, used: total(({ sent }) => sent), now });
    this.#available = new Map(
      samples.filter(isNarrow).map(({ peerId, available = Infinity }) => [peerId, available]),
    );
  }
}

/**
 * Browsers also report "bandwidth" when our own limit is what the encoder cannot keep, so it counts
 * only if their estimate is below that limit. An encoder that keeps its size never reports it; then
 * a line is narrow if it carries about as much as the estimate. A line that carries less has no
 * more to send, and an estimate grows only while the line is used.
 */
function isNarrow({ limitedBy, available, allowed, sent }: Sample): boolean {
  if (available === undefined || available * share >= allowed) return false;
  return limitedBy === "bandwidth" || sent >= available * full;
}
