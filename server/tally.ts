/** A counter to read. */
export type TallyView = Pick<Tally, "name" | "about" | "entries">;

/**
 * One counter by the values of its only label, "" if it has none. It is a plain map, copied to the
 * registry when somebody asks: counting a frame with prom-client costs more than sending it.
 */
export class Tally {
  readonly #counts = new Map<string, number>();

  /** `name`: as Prometheus shows it; `about.label`: the name of the label, if there is one. */
  constructor(readonly name: string, readonly about: { help: string; label?: string }) {}

  /** Adds `by` to the count of one label value. */
  add(value = "", by = 1): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + by);
  }

  /** Label values with their counts. */
  entries(): Iterable<[value: string, count: number]> {
    return this.#counts;
  }
}
