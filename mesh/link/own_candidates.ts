/**
 * Sends the own ICE candidates of one connection. Invariants:
 * 1 Each is sent once, in order, `momentMs` after it was found at the latest. Candidates found
 *   together go in one signal if the peer's page accepts that, otherwise one by one.
 * 2 Until the peer's first description says whether it does, only the first `fewMost` are sent.
 */
import { type Candidate, limits, type OpenSignal } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { SignalEvent } from "./link_event.ts";

interface OwnCandidatesOptions {
  readonly clock: Clock;
  /** Whether the peer's page may be one that accepts several in one signal. */
  readonly numbered: boolean;
  readonly emit: (event: SignalEvent) => void;
}

/** A line of own descriptions, above the first media line; browsers skip unknown lines. */
const mark = "a=parley-candidates\r\n";
/** ms; the addresses of one machine are found within a few. */
const momentMs = 30;
/** Up to this many may go one by one. */
const fewMost = 8;

/** The same description, with the mark that this page accepts several candidates in one signal. */
export function withMark(sdp: string): string {
  return sdp.replace(/^m=/m, `${mark}m=`);
}

/** Candidates of one connection. */
export class OwnCandidates {
  readonly #options: OwnCandidatesOptions;
  #all: Candidate[] = [];
  #sent = 0;
  /** How many the peer accepts in one signal; 0: not known yet. */
  #most: number;
  #cancel: (() => void) | undefined;

  constructor(options: OwnCandidatesOptions) {
    this.#options = options;
    this.#most = options.numbered ? 0 : 1;
  }

  /** Reads in a description of the peer whether it accepts several in one signal. */
  handleDescription(sdp: string): void {
    const { numbered } = this.#options;
    this.#most = numbered && sdp.includes(mark) ? limits.candidatesTogether : 1;
  }

  add(candidate: Candidate): void {
    // Those from before an ICE restart of the other side are useless now.
    if (this.#all[0]?.usernameFragment !== candidate.usernameFragment) this.clear();
    this.#all.push(candidate);
    if (candidate.candidate === "") this.flush();
    else this.#cancel ??= this.#options.clock.after(momentMs, () => this.flush());
  }

  /** Sends what was found and not sent yet. */
  flush(): void {
    this.close();
    const found = this.#all.slice(this.#sent, this.#most === 0 ? fewMost : undefined);
    this.#sent += found.length;
    this.#send(found, { again: false });
  }

  /** Sends all of them once more. */
  resend(): void {
    this.#send(this.#all.slice(0, this.#sent), { again: true });
  }

  /**
   * A new offer holds them, or makes them worthless. What waits is sent first, since that offer may
   * come to nothing.
   */
  clear(): void {
    this.flush();
    this.#all = [];
    this.#sent = 0;
  }

  /** Stops the wait. */
  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #send(candidates: readonly Candidate[], { again }: { readonly again: boolean }): void {
    const most = this.#most;
    const send = (signal: OpenSignal) => this.#options.emit({ type: "signal", signal, again });
    if (most < 2) return candidates.forEach((candidate) => send({ kind: "candidate", candidate }));
    for (let at = 0; at < candidates.length; at += most) {
      send({ kind: "candidates", candidates: candidates.slice(at, at + most) });
    }
  }
}
