/**
 * One server process of a simulation. Everything that reaches it (timers, frames, answers of the
 * store) comes through `deliver`. Stopped, it does nothing, and what reaches it waits; woken, it
 * finds all of that at once: each source in order, the sources in any order. Killed, it is gone.
 */
import type { Chance } from "../chance.ts";
import type { VirtualTime } from "./virtual_time.ts";

/** Where something comes from, so that the order of one source is kept. */
export type Source = string | object;

interface Options {
  readonly time: VirtualTime;
  readonly chance: Chance;
  /** How far its clock is from the true one, ms. */
  readonly skewMs: number;
}

/** The clocks, timers and inbox of one process. */
export class SimProcess {
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  readonly #skewMs: number;
  readonly #startedAt: number;
  readonly #timers = new Set<() => void>();
  readonly #inbox = new Map<Source, (() => void)[]>();
  #state: "running" | "stopped" | "waking" | "dead" = "running";

  constructor({ time, chance, skewMs }: Options) {
    this.#time = time;
    this.#chance = chance;
    this.#skewMs = skewMs;
    this.#startedAt = time.now();
  }

  /** Whether it does anything now. */
  get isRunning(): boolean {
    return this.#state === "running" || this.#state === "waking";
  }

  get isDead(): boolean {
    return this.#state === "dead";
  }

  /** How many timers wait. */
  get timers(): number {
    return this.#timers.size;
  }

  /** ms of its monotonic clock, which began with it. */
  readonly now = (): number => this.#time.now() - this.#startedAt;

  /** ms since the epoch, by its clock. */
  readonly at = (): number => this.#time.date() + this.#skewMs;

  /** Runs `work` after `ms`; the returned function cancels it. */
  readonly after = (ms: number, work: () => void): () => void => {
    if (this.isDead) return () => {};
    const cancel = () => {
      this.#timers.delete(cancel);
      cancelEvent();
    };
    const cancelEvent = this.#time.after(ms, () =>
      this.deliver("timers", () => {
        if (this.#timers.delete(cancel)) work();
      }));
    this.#timers.add(cancel);
    return cancel;
  };

  /** Something reaches the process. */
  deliver(source: Source, work: () => void): void {
    if (this.isDead) return;
    if (this.#state === "running") return work();
    const queue = this.#inbox.get(source) ?? [];
    queue.push(work);
    this.#inbox.set(source, queue);
  }

  /** As SIGSTOP. */
  stop(): void {
    if (!this.isDead) this.#state = "stopped";
  }

  /** As SIGCONT. */
  wake(): void {
    if (this.#state !== "stopped") return;
    this.#state = "waking";
    this.#time.after(0, () => this.#catchUp());
  }

  /** As SIGKILL. */
  kill(): void {
    this.#state = "dead";
    for (const cancel of [...this.#timers]) cancel();
    this.#inbox.clear();
  }

  /** Handles one thing that waited, then the next: between them, promises settle. */
  #catchUp(): void {
    if (this.#state !== "waking") return;
    const [first, ...others] = [...this.#inbox.keys()];
    if (first === undefined) {
      this.#state = "running";
      return;
    }
    const source = this.#chance.pick([first, ...others]);
    const queue = this.#inbox.get(source);
    const work = queue?.shift();
    if (queue?.length === 0) this.#inbox.delete(source);
    this.#time.after(0, () => this.#catchUp());
    work?.();
  }
}
