/** The time that a connection has for what it does now. */
export class Deadline {
  readonly #onLate: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What note() starts again, ms. */
  #idleMs: number | undefined;
  #isLast = false;

  /** `onLate` is called once the time is over. */
  constructor(onLate: () => void) {
    this.#onLate = onLate;
  }

  /** So many ms from now, whatever comes. */
  set(ms: number): void {
    this.#arm(ms, undefined);
  }

  /** So many ms in which nothing is carried. */
  setIdle(ms: number): void {
    this.#arm(ms, ms);
  }

  /** Something was carried. */
  note(): void {
    if (this.#idleMs !== undefined) this.#arm(this.#idleMs, this.#idleMs);
  }

  /** So many ms until the end of the connection; nothing else counts from now on. */
  setLast(ms: number): void {
    this.#arm(ms, undefined);
    this.#isLast = true;
  }

  /** The connection has ended. */
  end(): void {
    this.#isLast = true;
    clearTimeout(this.#timer);
  }

  #arm(ms: number, idleMs: number | undefined): void {
    if (this.#isLast) return;
    clearTimeout(this.#timer);
    this.#idleMs = idleMs;
    this.#timer = setTimeout(this.#onLate, ms);
  }
}
