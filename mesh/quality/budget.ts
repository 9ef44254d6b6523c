/**
 * What this end can send and encode, learned from what the browser says of its own trouble. Pure but for its memory.
 * Invariants:
 * 1 Trouble lowers a budget at once, by a part of what was really used; well-being raises it slowly, and never beyond what
 *   is allowed at most.
 * 2 After a fall nothing rises for a while, longer after each fall that follows soon: it does not swing. Then it rises
 *   slowly, and faster the longer all is well.
 */

/** What one connection showed within the last look. */
export interface Sample {
  readonly peerId: string;
  /** Bit/s of pictures that may be sent, and that were. */
  readonly allowed: number;
  readonly sent: number;
  /** Pixels a second that were encoded. */
  readonly encoded: number;
  /** The browser's own estimate for all of this connection, bit/s; undefined where it makes none. */
  readonly available: number | undefined;
  /** By what the browser says that its quality is limited. */
  readonly limitedBy: "none" | "cpu" | "bandwidth";
  /** Part of the packets that the other side says are lost, 0 to 1. */
  readonly loss: number;
}

/** The most there may be; bit/s and pixels a second. */
export interface Ceiling {
  readonly bitrate: number;
  readonly pixels: number;
}

/** A good home line upwards, and six cameras at 720p30 with half of two processors. */
export const ceiling: Ceiling = { bitrate: 8_000_000, pixels: 1280 * 720 * 30 * 3 };
/** What "light mode" allows: one small picture to each of a few. */
export const lightCeiling: Ceiling = { bitrate: 1_200_000, pixels: 640 * 360 * 20 * 2 };

/**
 * Below it a budget never falls: two of the smallest pictures, which sound does not miss, and the encoding of one for
 * everybody in a full room. A busy processor makes pictures small; to take them away as well would hardly relieve it.
 */
const floor: Ceiling = { bitrate: 120_000, pixels: 160 * 90 * 10 * 15 };
const lossMost = 0.1;
/** Part of the browser's estimate that pictures may use; the rest is for sound, files and its errors. */
const share = 0.85;
const soundBitrate = 40_000;
/** Part of the browser's estimate from which on a line counts as full: encoders miss their rate by as much. */
const full = 0.6;
const fall = 0.75;
/** Of a look; each that shows no trouble adds to it, for what fell while little was sent must not stay small for a minute. */
const firstRise = 1.08;
const moreRise = 0.02;
const riseMost = 1.4;
const calmMs = 6_000;
const calmMostMs = 48_000;
/** A fall so soon after the calm of the last one doubles it. */
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
      // What was decided a moment ago needs a moment to be seen.
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

  /** For how many looks in a row the processor has been the limit. */
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

  /** Takes one look at all connections. `now`: ms. */
  learn(samples: readonly Sample[], now: number): void {
    const total = (of: (sample: Sample) => number) =>
      samples.reduce((all, sample) => all + of(sample), 0);
    const strained = samples.some(({ limitedBy }) => limitedBy === "cpu");
    this.#strainedFor = strained ? this.#strainedFor + 1 : 0;
    this.#pixels.learn({ trouble: strained, used: total(({ encoded }) => encoded), now });
    const narrow = samples.filter((sample) => isNarrow(sample) || sample.loss > lossMost).length;
    // One viewer's narrow line is theirs, and capped by itself; when most of them are, it is ours.
    const trouble = narrow > 0 && narrow * 2 > samples.length;
    this.#bitrate.learn({ trouble, used: total(({ sent }) => sent), now });
    this.#available = new Map(
      samples.filter(isNarrow).map(({ peerId, available = Infinity }) => [peerId, available]),
    );
  }
}

/**
 * Browsers also say "bandwidth" when it is our own limit that their encoder fights with, so it counts only where they
 * expect the line to carry less than that. An encoder that keeps its size does not say it: there a line is narrow that
 * carries about what they expect of it. One that carries less has no more to send, and their estimate grows only as it is used.
 */
function isNarrow({ limitedBy, available, allowed, sent }: Sample): boolean {
  if (available === undefined || available * share >= allowed) return false;
  return limitedBy === "bandwidth" || sent >= available * full;
}
