/**
 * Own ICE candidates of one connection on their way to the peer. Invariants:
 * 1 Each is said once, in order, a moment after it was found; what is found in that moment goes in one signal if the
 *   peer's page takes that, else one by one.
 * 2 Many wait for the peer's first description, which says whether it does. Few do not wait: no page minds them.
 */
import { type Candidate, limits, type Signal } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";

interface OwnCandidatesOptions {
  readonly clock: Clock;
  /** Whether the peer's page may be one that takes several in one signal. */
  readonly numbered: boolean;
  readonly send: (signal: Signal) => void;
}

/** In descriptions for the peer, above the first media line; browsers skip what they do not know. */
const mark = "a=parley-candidates\r\n";
/** ms; the addresses of one machine are found within a few. */
const momentMs = 30;
/** So many are no burden, one by one. */
const fewMost = 8;

/** The same description, saying that this page takes several candidates in one signal. */
export function withMark(sdp: string): string {
  return sdp.replace(/^m=/m, `${mark}m=`);
}

/** Candidates of one connection. */
export class OwnCandidates {
  readonly #options: OwnCandidatesOptions;
  #all: Candidate[] = [];
  #said = 0;
  /** So many the peer takes in one signal; 0: not known yet. */
  #most: number;
  #cancel: (() => void) | undefined;

  constructor(options: OwnCandidatesOptions) {
    this.#options = options;
    this.#most = options.numbered ? 0 : 1;
  }

  /** The peer has said a description. */
  heard(sdp: string): void {
    const { numbered } = this.#options;
    this.#most = numbered && sdp.includes(mark) ? limits.candidatesTogether : 1;
  }

  add(candidate: Candidate): void {
    // Those from before an ICE restart of the other side are no longer of use.
    if (this.#all[0]?.usernameFragment !== candidate.usernameFragment) this.clear();
    this.#all.push(candidate);
    if (candidate.candidate === "") this.say();
    else this.#cancel ??= this.#options.clock.after(momentMs, () => this.say());
  }

  /** Says what was found and not said yet. */
  say(): void {
    this.close();
    const found = this.#all.slice(this.#said);
    if (this.#most === 0 && found.length > fewMost) return;
    this.#said = this.#all.length;
    this.#send(found, this.#options.send);
  }

  /** Says everything once more. */
  repeat(send: (signal: Signal) => void): void {
    this.#send(this.#all.slice(0, this.#said), send);
  }

  /** A new offer holds them, or makes them worthless. What waits is said first, since that offer may come to nothing. */
  clear(): void {
    this.say();
    this.#all = [];
    this.#said = 0;
  }

  /** Stops the wait. */
  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #send(candidates: readonly Candidate[], send: (signal: Signal) => void): void {
    const most = this.#most;
    if (most < 2) return candidates.forEach((candidate) => send({ kind: "candidate", candidate }));
    for (let at = 0; at < candidates.length; at += most) {
      send({ kind: "candidates", candidates: candidates.slice(at, at + most) });
    }
  }
}
