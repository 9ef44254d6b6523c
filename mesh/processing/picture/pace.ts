/** How much of blurring a processor holds. Pure. */

/** `maskEvery`: for how many pictures one mask serves; `rate`: the most pictures a second. */
export interface Pace {
  readonly maskEvery: number;
  readonly rate: number;
}

/** What one mask and the rest of one picture take, ms; see `averaged`. */
export interface Costs {
  readonly mask: number;
  readonly rest: number;
}

/** A mask for each picture of a usual camera. */
export const bestPace: Pace = { maskEvery: 1, rate: 30 };
/** The last one that is worth sending. */
const lastPace: Pace = { maskEvery: 3, rate: 6 };

const paces: readonly Pace[] = [
  bestPace,
  { maskEvery: 2, rate: 30 },
  { maskEvery: 2, rate: 15 },
  { maskEvery: 3, rate: 10 },
  lastPace,
];

/** The share of one core that blurring may take; a call needs the others. */
const shareMost = 0.75;
/** A better pace must take clearly less, so that none is changed back and forth. */
const shareForBetter = 0.6;
/** A picture that takes longer at the last pace is none that anybody wants to watch, ms. */
const slowest = 400;

/** The moving average over about ten; the first one counts whole. */
export function averaged(before: number | undefined, now: number): number {
  return before === undefined ? now : before + (now - before) / 10;
}

/** The best pace for these costs; undefined if even the last one is too slow to watch. */
export function paceFor({ mask, rest }: Costs, current: Pace): Pace | undefined {
  const each = ({ maskEvery }: Pace) => rest + mask / maskEvery;
  const place = paces.indexOf(current);
  const most = (at: number) => at < place ? shareForBetter : shareMost;
  return paces.find((pace, at) => each(pace) * pace.rate / 1000 <= most(at)) ??
    (each(lastPace) <= slowest ? lastPace : undefined);
}
