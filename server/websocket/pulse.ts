/** Looks after the silence of all sockets, spread over time so that no moment has work for all. */

/** What has a pulse. */
export interface Beating {
  beat(): void;
}

interface PulseOptions {
  /** The time between two beats of one socket, ms. */
  readonly everyMs: number;
  /** So many parts of the sockets take turns within that time. */
  readonly parts: number;
  /** Calls `run` again and again; returns what stops it. */
  readonly repeat?: (run: () => void, ms: number) => () => void;
}

/** One timer for any number of sockets; it runs while there are any. */
export class Pulse {
  readonly #parts: readonly Set<Beating>[];
  readonly #start: () => () => void;
  readonly #partOf = new Map<Beating, Set<Beating>>();
  #turn = 0;
  #stop: (() => void) | undefined;

  constructor({ everyMs, parts, repeat = interval }: PulseOptions) {
    this.#parts = Array.from({ length: parts }, () => new Set<Beating>());
    this.#start = () => repeat(() => this.#beat(), everyMs / parts);
  }

  /** Beats for a socket from now on; the first beat comes after one period at most. */
  add(socket: Beating): void {
    // The part whose turn was last waits longest for the next.
    const part = this.#parts[(this.#turn + this.#parts.length - 1) % this.#parts.length];
    part?.add(socket);
    if (part !== undefined) this.#partOf.set(socket, part);
    this.#stop ??= this.#start();
  }

  /** Beats no more for a socket. */
  remove(socket: Beating): void {
    this.#partOf.get(socket)?.delete(socket);
    this.#partOf.delete(socket);
    if (this.#partOf.size > 0) return;
    this.#stop?.();
    this.#stop = undefined;
  }

  #beat(): void {
    const part = this.#parts[this.#turn];
    this.#turn = (this.#turn + 1) % this.#parts.length;
    for (const socket of part ?? []) socket.beat();
  }
}

function interval(run: () => void, ms: number): () => void {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}
