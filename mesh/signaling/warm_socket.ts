/**
 * A WebSocket that is opened before it is needed: its handshakes (TCP, TLS, HTTP) happen while the
 * person still sees the page before joining. Invariants:
 * 1 At most one socket waits; it is used once, or closed here.
 * 2 No socket waits longer than `keptMs`: the server closes it without a message within
 *   `limits.firstMessageMs`.
 */
import { subprotocols } from "../../protocol/mod.ts";
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
 * After this many unused sockets, none is opened in advance: otherwise an idle page under a moving
 * mouse would open one after another.
 */
const most = 6;

const really: OpenSocket = (...address) => new WebSocket(...address);

/** Opens one socket in advance, and keeps it for a short time. */
export class WarmSocket {
  readonly #clock: Clock;
  readonly #open: OpenSocket;
  #waiting: Waiting | undefined;
  #left = most;

  constructor(clock: Clock, open: OpenSocket = really) {
    this.#clock = clock;
    this.#open = open;
  }

  /** Opens a socket, unless one waits already. Never throws. */
  warm(url: string): void {
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
  readonly take: OpenSocket = (url, ...offered) => {
    const waiting = this.#waiting;
    const fits = waiting !== undefined && waiting.url === url &&
      waiting.socket.readyState <= WebSocket.OPEN && this.#clock.date() - waiting.since < keptMs;
    if (!fits) {
      this.cool();
      return this.#open(url, ...offered);
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
