/**
 * How far the recorder's clock is ahead of the own one, from pings and their answers. The quickest
 * exchange counts: its error is at most half of its round trip.
 */

/** ms. `sent` and `received` by the own clock, `at` by the other one. */
export interface Exchange {
  readonly sent: number;
  readonly at: number;
  readonly received: number;
}

/** Exchanges that are kept: with one every five seconds, those of some minutes. */
const keptMost = 40;

/** Estimates the offset of one other clock. */
export class ClockOffset {
  #exchanges: Exchange[] = [];

  /** Adds one exchange; an impossible one is ignored. */
  add(exchange: Exchange): void {
    if (exchange.received < exchange.sent) return;
    this.#exchanges = [...this.#exchanges, exchange].slice(-keptMost);
  }

  /** ms to add to the own time to get the other one; undefined before the first exchange. */
  get ms(): number | undefined {
    const [best] = this.#exchanges.toSorted((one, other) => tripOf(one) - tripOf(other));
    return best && best.at - (best.sent + best.received) / 2;
  }
}

function tripOf({ sent, received }: Exchange): number {
  return received - sent;
}
