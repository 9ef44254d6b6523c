/**
 * Decides the state of one link and when to restart it, from events and a clock. Invariants:
 * 1 There is one timer: each event replaces the planned action.
 * 2 A link that has failed is reported (`failed`) and still tried again, slowly, while it exists.
 * 3 The impolite side acts first; the polite one waits a moment longer, so that both sides rarely
 *   restart at once.
 */
import type { Clock } from "../clock.ts";
import type { LinkFailure, LinkState } from "../events.ts";

/** Milliseconds. */
export const recoveryTimes = {
  /** A peer that has not answered, or was not reached, by then has failed. */
  answer: 30_000,
  /** From an answer or a restart to the connection. */
  connect: 15_000,
  /** `disconnected` often heals by itself. */
  disconnected: 2_000,
  /** How much longer the polite side waits. */
  polite: 500,
  /** Before the first, second and third restart in a row; then the link has failed. */
  restarts: [0, 2_000, 4_000],
  /** Before each try on a failed link; ICE itself tries about as long. */
  slow: 15_000,
  /** The least time between a restart and the next one on a hint. */
  gap: 2_000,
} as const;

interface LinkRecoveryOptions {
  readonly clock: Clock;
  readonly polite: boolean;
  readonly emit: (state: LinkState) => void;
  /** Restarts ICE, repeats the pending offer, or makes a connection if there is none. */
  readonly restart: () => void;
}

/** The state of a link, and its timer. */
export class LinkRecovery {
  readonly #options: LinkRecoveryOptions;
  #state: LinkState = { kind: "connecting" };
  #cancel = () => {};
  #restarts = 0;
  #restartedAt = -Infinity;
  /** When a restart on a hint is planned, ms; Infinity: none is. */
  #restartsAt = Infinity;
  #begunAt = 0;
  #waitsForAnswer = false;
  #closed = false;

  constructor(options: LinkRecoveryOptions) {
    this.#options = options;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** There is a new connection, or one is awaited: the peer has half a minute to answer. */
  begin(): void {
    this.#restarts = 0;
    this.#begunAt = this.#options.clock.now();
    this.#waitsForAnswer = true;
    if (this.#state.kind === "connected") this.#reconnecting();
    else if (this.#state.kind === "failed") this.#become({ kind: "connecting" });
    this.#plan(recoveryTimes.answer, () => this.#fail("no-answer"));
  }

  /** A round of negotiation is complete. */
  answered(): void {
    if (!this.#waitsForAnswer) return;
    this.#waitsForAnswer = false;
    if (this.#state.kind === "connected") return;
    if (this.#state.kind === "failed") this.#become({ kind: "connecting" });
    this.#plan(recoveryTimes.connect, () => this.#tryAgain());
  }

  /** The connection is established. */
  connected(): void {
    this.#restarts = 0;
    this.#plan();
    if (this.#state.kind !== "connected") this.#become({ kind: "connected" });
  }

  /** The browser reports a loss that may heal by itself. */
  disconnected(): void {
    if (this.#state.kind !== "connected") return;
    this.#reconnecting();
    this.#plan(this.#delayIfPolite(recoveryTimes.disconnected), () => this.#tryAgain());
  }

  /** No packet arrives although the peer sends; the browser has not reported it yet. */
  stalled(): void {
    if (this.#state.kind !== "connected") return;
    this.#reconnecting();
    this.#restartSoon();
  }

  /** Packets arrive on a connection that the browser still calls connected. */
  flowing(): void {
    if (this.#state.kind === "reconnecting" || this.#state.kind === "failed") this.connected();
  }

  /** The network, the server or the peer is back: a restart may succeed now. */
  nudge(): void {
    if (this.#state.kind === "reconnecting" || this.#state.kind === "failed") this.#restartSoon();
  }

  /** The relay under the link ends: restarts ICE, before any loss is seen if none was. */
  renew(): void {
    if (this.#state.kind !== "connected") return this.nudge();
    this.#plan(this.#delayIfPolite(0), () => {
      this.#restartedAt = this.#options.clock.now();
      this.#options.restart();
    });
  }

  /**
   * Either side has restarted ICE, or its checks have begun: it has time before the next restart.
   */
  restarted(): void {
    if (this.#state.kind === "connected") this.#plan();
    if (this.#state.kind !== "reconnecting") return;
    this.#plan(recoveryTimes.connect, () => this.#tryAgain());
  }

  /** ICE has found no path, or has lost it. */
  pathFailed(): void {
    if (this.#state.kind === "connected") this.#reconnecting();
    this.#tryAgain();
  }

  /** An ICE restart cannot repair the connection. */
  broken(): void {
    this.#fail("broken");
  }

  /** Stops the timer; the state no longer changes. */
  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  #tryAgain(): void {
    const wait = recoveryTimes.restarts[this.#restarts++];
    if (wait === undefined || this.#connectsTooLong()) return this.#fail("no-path");
    this.#plan(wait === 0 ? 0 : this.#delayIfPolite(wait), () => this.#restart());
  }

  /** On a hint, starts a new series of restarts. */
  #restartSoon(): void {
    this.#restarts = 1;
    const since = this.#options.clock.now() - this.#restartedAt;
    const wait = this.#delayIfPolite(Math.max(0, recoveryTimes.gap - since));
    // A second hint must not delay the restart that the first one planned.
    const due = this.#options.clock.now() + wait;
    if (this.#restartsAt <= due) return;
    this.#plan(wait, () => this.#restart());
    this.#restartsAt = due;
  }

  #restart(): void {
    this.#restartedAt = this.#options.clock.now();
    this.#plan(recoveryTimes.connect, () => this.#tryAgain());
    this.#options.restart();
  }

  /** The person must not see "connecting" for longer than this. */
  #connectsTooLong(): boolean {
    const since = this.#options.clock.now() - this.#begunAt;
    return this.#state.kind === "connecting" && since >= recoveryTimes.answer;
  }

  #fail(reason: LinkFailure): void {
    this.#become({ kind: "failed", reason });
    this.#plan(recoveryTimes.slow, () => {
      this.#restartedAt = this.#options.clock.now();
      this.#plan(recoveryTimes.slow, () => this.#fail(reason));
      this.#options.restart();
    });
  }

  #reconnecting(): void {
    this.#become({ kind: "reconnecting", since: this.#options.clock.now() });
  }

  #delayIfPolite(ms: number): number {
    return this.#options.polite ? ms + recoveryTimes.polite : ms;
  }

  #plan(ms?: number, action?: () => void): void {
    this.#restartsAt = Infinity;
    this.#cancel();
    this.#cancel = () => {};
    if (this.#closed || ms === undefined || action === undefined) return;
    this.#cancel = this.#options.clock.after(ms, action);
  }

  #become(state: LinkState): void {
    if (this.#closed || JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#options.emit(state);
  }
}
