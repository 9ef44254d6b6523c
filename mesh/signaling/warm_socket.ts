/**
 * A WebSocket opened before it is needed: its handshakes (TCP, TLS, HTTP) pass while a person still
 * looks at the page before joining. Invariants:
 * 1 At most one waits; it is handed over once, or closed here.
 * 2 None waits longer than `keptMs`: the server wants a word within `limits.firstMessageMs` and
 *   would close it on us.
 */
import type { Clock } from "../clock.ts";
import type { OpenSocket } from "../platform.ts";

/** Leaves the join 1.5 s to travel. */
const keptMs = 3_500;

interface Waiting {
  readonly socket: WebSocket;
  readonly url: string;
  /** By the clock that runs on while a machine sleeps. */
  readonly since: number;
  readonly cancel: () => void;
}

/**
 * After this many unused sockets, one is opened only when needed: an idle page with a moving mouse
 * would ask for ever.
 */
const most = 6;

const really: OpenSocket = (url, subprotocols) => new WebSocket(url, subprotocols);

/** Keeps one socket warm for a while, and hands it out. */
export class WarmSocket {
  readonly #clock: Clock;
  readonly #open: OpenSocket;
  #waiting: Waiting | undefined;
  #left = most;

  constructor(clock: Clock, open: OpenSocket = really) {
    this.#clock = clock;
    this.#open = open;
  }

  /** Opens one, unless one waits already. Harmless when it cannot be. */
  warm(url: string, subprotocols: string[]): void {
    if (this.#waiting !== undefined || this.#left === 0) return;
    this.#left--;
    try {
      const socket = this.#open(url, subprotocols);
      const cancel = this.#clock.after(keptMs, () => this.cool());
      this.#waiting = { socket, url, since: this.#clock.date(), cancel };
    } catch {
      // Blocked by the browser; the join itself reports that.
    }
  }

  /** As Environment.openSocket: the waiting socket, whether it is open yet or not, or a new one. */
  readonly take: OpenSocket = (url, subprotocols) => {
    const waiting = this.#waiting;
    const fits = waiting !== undefined && waiting.url === url &&
      waiting.socket.readyState <= WebSocket.OPEN && this.#clock.date() - waiting.since < keptMs;
    if (!fits) {
      this.cool();
      return this.#open(url, subprotocols);
    }
    this.#waiting = undefined;
    waiting.cancel();
    return waiting.socket;
  };

  /** Closes the one that waits. */
  cool(): void {
    this.#waiting?.cancel();
    this.#waiting?.socket.close();
    this.#waiting = undefined;
  }
}
