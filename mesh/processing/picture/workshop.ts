/**
 * What the worker does with each picture, at a pace that the processor holds. Invariant: a picture
 * leaves only as its treatment says; none does before there is a treatment.
 */
import type { MaskMaker } from "./mask_maker.ts";
import { averaged, bestPace, type Costs, paceFor } from "./pace.ts";
import { Painter, type Picture } from "./painter.ts";
import type { Treatment } from "./treatment.ts";

/**
 * `maker`: needed for blurring. `now` in ms. `onStrained` is called once, and no picture comes
 * afterwards.
 */
export interface WorkshopOptions {
  readonly maker: MaskMaker | undefined;
  readonly now: () => number;
  readonly onStrained: () => void;
}

/** A treatment that blurs. */
interface BlurTreatment extends Treatment {
  readonly blur: Exclude<Treatment["blur"], "off">;
}

/** So long a processor may be strained before blurring stops, ms. */
const strainMs = 5_000;

/** The stage on which pictures of one camera are painted. */
export class Workshop {
  readonly #options: WorkshopOptions;
  readonly #painter = new Painter();
  #treatment: Treatment | undefined;
  #pace = bestPace;
  #costs: Partial<Costs> = {};
  #strainedSince: number | undefined;
  #maskAge = 0;
  #lastAt = -Infinity;
  #isOver = false;

  constructor(options: WorkshopOptions) {
    this.#options = options;
  }

  /** Counts from the next picture on. */
  treat(treatment: Treatment): void {
    this.#treatment = treatment;
    // A mask of a picture that was turned otherwise is none.
    this.#maskAge = Infinity;
  }

  /** The treated picture, valid until the next call; undefined if this one is left out. */
  paint(picture: Picture): OffscreenCanvas | undefined {
    if (this.#isOver || this.#treatment === undefined) return undefined;
    const { turn, blur } = this.#treatment;
    return blur === "off" ? this.#painter.turn(picture, turn) : this.#blur(picture, { turn, blur });
  }

  #blur(picture: Picture, { turn, blur }: BlurTreatment): OffscreenCanvas | undefined {
    const { maker } = this.#options;
    if (maker === undefined) throw new Error("this worker cannot blur");
    const { maskEvery, rate } = this.#pace;
    const started = this.#options.now();
    // A quarter of slack, because cameras are not exact.
    if (started - this.#lastAt < 750 / rate) return undefined;
    this.#lastAt = started;
    const turned = this.#painter.turn(picture, turn);
    const looks = ++this.#maskAge >= maskEvery;
    const before = this.#options.now();
    if (looks) this.#painter.look(turned, maker);
    const after = this.#options.now();
    const whole = this.#painter.blur(turned, blur);
    if (looks) this.#maskAge = 0;
    this.#count({
      mask: looks ? after - before : undefined,
      rest: this.#options.now() - after + before - started,
    });
    return whole;
  }

  #count({ mask, rest }: { mask: number | undefined; rest: number }): void {
    const costs = {
      mask: mask === undefined ? this.#costs.mask ?? 0 : averaged(this.#costs.mask, mask),
      rest: averaged(this.#costs.rest, rest),
    };
    this.#costs = costs;
    const pace = paceFor(costs, this.#pace);
    if (pace !== undefined) {
      this.#pace = pace;
      this.#strainedSince = undefined;
      return;
    }
    const now = this.#options.now();
    this.#strainedSince ??= now;
    if (now - this.#strainedSince < strainMs) return;
    this.#isOver = true;
    this.#options.onStrained();
  }
}
