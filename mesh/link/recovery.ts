/**
 * The state of one link and what is done about it, driven by facts and a clock. Invariants:
 * 1 One timer at a time: whatever happens replaces what was planned.
 * 2 A link is given up loudly (`failed`) but never for good: it is tried again slowly, for as long
 *   as it exists.
 * 3 The impolite side acts first; the polite one waits a moment longer, so that both rarely restart
 *   at once.
 */
import type { Clock } from "../clock.ts";
import type { LinkFailure, LinkState } from "../events.ts";

/** Milliseconds. */
export const recoveryTimes = {
  /** A peer that has not answered by then, or was not reached, gets a word on its tile. */
  answer: 30_000,
  /** Answered, or restarted, but no connection. */
  connect: 15_000,
  /** `disconnected` often heals by itself. */
  disconnected: 2_000,
  /** How much longer the polite side waits. */
  courtesy: 500,
  /** Before the first, second and third restart in a row; then the link has failed. */
  restarts: [0, 2_000, 4_000],
  /** Before each try on a failed link; ICE looks for a way about as long by itself. */
  slow: 15_000,
  /** Hints are not acted on sooner than this after a restart, which has to have its chance. */
  gap: 2_000,
} as const;

interface LinkRecoveryOptions {
  readonly clock: Clock;
  readonly polite: boolean;
  readonly emit: (state: LinkState) => void;
  /** New ICE credentials, the pending offer once more, or a new connection where there is none. */
  readonly restart: () => void;
}

/** Decides what state a link is in and when something is done about it. */
export class LinkRecovery {
  readonly #options: LinkRecoveryOptions;
  #state: LinkState = { kind: "connecting" };
  #cancel = () => {};
  #restarts = 0;
  #restartedAt = -Infinity;
  /** When a hint is acted on; Infinity when there is none. */
  #actsAt = Infinity;
  #begunAt = 0;
  #waitsForAnswer = false;
  #closed = false;

  constructor(options: LinkRecoveryOptions) {
    this.#options = options;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** A connection is new, or awaited: the peer has half a minute to say something. */
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

  connected(): void {
    this.#restarts = 0;
    this.#plan();
    if (this.#state.kind !== "connected") this.#become({ kind: "connected", path: "unknown" });
  }

  disconnected(): void {
    if (this.#state.kind !== "connected") return;
    this.#reconnecting();
    this.#plan(this.#courteous(recoveryTimes.disconnected), () => this.#tryAgain());
  }

  /** Nothing comes in although something should, and the browser has not noticed yet. */
  stalled(): void {
    if (this.#state.kind !== "connected") return;
    this.#reconnecting();
    this.#actSoon();
  }

  /** Something comes in on a connection that the browser never called lost. */
  flowing(): void {
    if (this.#state.kind === "reconnecting" || this.#state.kind === "failed") this.connected();
  }

  /** The network, the server or the peer is back: what was hopeless may work now. */
  nudge(): void {
    if (this.#state.kind === "reconnecting" || this.#state.kind === "failed") this.#actSoon();
  }

  /** Either side has new ICE credentials: they get their time before there are others. */
  restarted(): void {
    if (this.#state.kind !== "reconnecting") return;
    this.#plan(recoveryTimes.connect, () => this.#tryAgain());
  }

  /** ICE is checking; after a loss this means that the other side has restarted it. */
  checking(): void {
    if (this.#state.kind !== "reconnecting") return;
    this.#plan(recoveryTimes.connect, () => this.#tryAgain());
  }

  /** ICE found no way, or lost it. */
  pathFailed(): void {
    if (this.#state.kind === "connected") this.#reconnecting();
    this.#tryAgain();
  }

  /** The connection object is beyond an ICE restart. */
  broken(): void {
    this.#fail("broken");
  }

  path(path: "direct" | "relayed"): void {
    if (this.#state.kind === "connected" && this.#state.path !== path) {
      this.#become({ kind: "connected", path });
    }
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  #tryAgain(): void {
    const wait = recoveryTimes.restarts[this.#restarts++];
    if (wait === undefined || this.#hasConnectedTooLong()) return this.#fail("no-path");
    this.#plan(wait === 0 ? 0 : this.#courteous(wait), () => this.#restart());
  }

  /** On a hint from outside, the first of a new row of restarts. */
  #actSoon(): void {
    this.#restarts = 1;
    const since = this.#options.clock.now() - this.#restartedAt;
    const wait = this.#courteous(Math.max(0, recoveryTimes.gap - since));
    // A second hint must not put off what the first one planned.
    const due = this.#options.clock.now() + wait;
    if (this.#actsAt <= due) return;
    this.#plan(wait, () => this.#restart());
    this.#actsAt = due;
  }

  #restart(): void {
    this.#restartedAt = this.#options.clock.now();
    this.#plan(recoveryTimes.connect, () => this.#tryAgain());
    this.#options.restart();
  }

  /** Nobody looks at "connecting" for longer than that without a word. */
  #hasConnectedTooLong(): boolean {
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

  #courteous(ms: number): number {
    return this.#options.polite ? ms + recoveryTimes.courtesy : ms;
  }

  #plan(ms?: number, action?: () => void): void {
    this.#actsAt = Infinity;
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
