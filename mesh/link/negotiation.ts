/**
 * W3C perfect negotiation over one connection. Invariants:
 * 1 Remote signals are taken one after the other, each to its end; so the rule's third fact, an answer being set, is
 *   never true when the next signal is looked at. The other two are `#makingOffer` and `#ignoringOffer`.
 * 2 Only an answer to the offer that is pending now, by state and by number, touches the connection.
 * 3 An offer that comes twice is answered twice, but applied once, even if a newer connection gets the second copy.
 * 4 An offer is said again until it is answered: it may have gone into a socket that was dead already.
 * 5 Nothing happens after close(); no promise of ours is left rejected.
 */
import type { Candidate, Description, Signal } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import { withPauses } from "./opus.ts";
import { OwnCandidates, withMark } from "./own_candidates.ts";
import { fingerprintOf } from "./sdp_lines.ts";

/** What outlives a connection of a link: the count of own offers and the last numbered answer. */
export interface Exchanges {
  offers: number;
  /** `fingerprint` is the offerer's; with it the number says which offer it was, whoever counts anew. */
  answer: { readonly fingerprint: string | undefined; readonly said: Description } | undefined;
}

interface NegotiationOptions {
  readonly connection: RTCPeerConnection;
  readonly clock: Clock;
  readonly polite: boolean;
  /** Whether the peer numbers its answers; one that does not would confuse itself and us with second copies. */
  readonly numbered: boolean;
  readonly exchanges: Exchanges;
  readonly send: (signal: Signal) => void;
  /** The same for what was said before, and may be lost. */
  readonly sendAgain: (signal: Signal) => void;
  /** Runs in have-remote-offer, before the answer is made. */
  readonly adopt: () => Promise<void>;
  /** A round is complete. */
  readonly settled: () => void;
  /** The connection refused a description. */
  readonly broken: (cause: unknown) => void;
}

/** Candidates may overtake their description; a peer that sends more than this sends nonsense. */
const earlyMost = 256;
/** Before an offer is said again, each time twice as long; milliseconds. */
const reminder = { first: 3_000, longest: 30_000 };

/** Offers and answers of one connection. */
export class Negotiation {
  readonly #options: NegotiationOptions;
  readonly #connection: RTCPeerConnection;
  readonly #early: Candidate[] = [];
  /** Own ones. */
  readonly candidates: OwnCandidates;
  #makingOffer = false;
  #ignoringOffer = false;
  #closed = false;
  /** Number of the own offer that is, or was last, pending. */
  #exchange = 0;
  #cancelReminder = () => {};

  constructor(options: NegotiationOptions) {
    this.#options = options;
    this.#connection = options.connection;
    this.candidates = new OwnCandidates(options);
  }

  /** An offer now would meet our own. */
  get #colliding(): boolean {
    return this.#makingOffer || this.#connection.signalingState !== "stable";
  }

  /**
   * True when `description` cannot go into this connection but belongs to a new one: the peer has made itself a new
   * connection (its certificate differs), or both called each other at once and we give in with nothing established
   * that a rollback would have to keep.
   */
  outdatedBy(description: Description): boolean {
    const known = this.#connection.currentRemoteDescription;
    const foreign = known !== null && fingerprintOf(known.sdp) !== fingerprintOf(description.sdp);
    if (description.type === "answer") return foreign && this.#expects(description);
    if (this.#repeats(description)) return false;
    if (!this.#colliding) return foreign;
    return this.#options.polite && (foreign || known === null);
  }

  /** An offer is certain to follow: what arrives until then collides with it. */
  expectOffer(): void {
    this.#makingOffer = true;
  }

  /** For `negotiationneeded`. */
  async offer(): Promise<void> {
    if (this.#closed) return;
    this.#makingOffer = true;
    this.candidates.clear();
    try {
      await this.#connection.setLocalDescription();
      if (this.#closed || this.#connection.localDescription?.type !== "offer") return;
      this.#exchange = ++this.#options.exchanges.offers;
      this.#send(this.#exchange);
      this.#remind(reminder.first);
    } catch (cause) {
      if (!this.#closed) this.#options.broken(cause);
    } finally {
      this.#makingOffer = false;
    }
  }

  /** Takes a remote description; the owner calls this and `takeCandidates` one at a time. */
  async take(description: Description): Promise<void> {
    this.candidates.heard(description.sdp);
    try {
      if (description.type === "answer") await this.#takeAnswer(description);
      else await this.#takeOffer(description);
    } catch (cause) {
      if (!this.#closed) this.#options.broken(cause);
    }
    if (!this.#closed) this.candidates.say();
  }

  async takeCandidates(candidates: readonly Candidate[]): Promise<void> {
    for (const candidate of candidates) {
      if (this.#closed || this.#ignoringOffer) return;
      if (this.#connection.remoteDescription === null) {
        if (this.#early.length < earlyMost) this.#early.push(candidate);
        continue;
      }
      try {
        await this.#connection.addIceCandidate(candidate);
      } catch {
        // Of a description that has been replaced meanwhile, or nonsense: either way the others decide.
      }
    }
  }

  /**
   * Says again what may have been lost: the last answer, the pending offer, and candidates while
   * `unconnected`. Whoever has heard it all drops it all.
   */
  resend(unconnected: boolean): void {
    if (this.#closed) return;
    const { exchanges: { answer }, sendAgain } = this.#options;
    if (answer !== undefined) sendAgain({ kind: "description", description: answer.said });
    const offer = this.#pendingOffer();
    if (offer !== undefined) sendAgain({ kind: "description", description: offer });
    if (unconnected) this.candidates.repeat(sendAgain);
  }

  close(): void {
    this.#closed = true;
    this.#cancelReminder();
    this.candidates.close();
  }

  #remind(ms: number): void {
    this.#cancelReminder();
    if (!this.#options.numbered) return;
    this.#cancelReminder = this.#options.clock.after(ms, () => {
      if (this.#connection.signalingState !== "have-local-offer") return;
      this.resend(false);
      this.#remind(Math.min(2 * ms, reminder.longest));
    });
  }

  /** An answer to the offer that is pending now. */
  #expects({ exchange = this.#exchange }: Description): boolean {
    return this.#connection.signalingState === "have-local-offer" && exchange === this.#exchange;
  }

  async #takeAnswer(answer: Description): Promise<void> {
    if (!this.#expects(answer)) return;
    const { type, sdp } = answer;
    // Candidates from here on belong to this answer, no longer to an offer ignored before it.
    this.#ignoringOffer = false;
    await this.#connection.setRemoteDescription({ type, sdp: withPauses(sdp) });
    if (this.#closed) return;
    await this.#flush();
    if (!this.#closed) this.#options.settled();
  }

  async #takeOffer(offer: Description): Promise<void> {
    const connection = this.#connection;
    // Its answer must have been lost, and what followed it ignored.
    if (this.#repeats(offer)) return this.resend(false);
    this.#ignoringOffer = !this.#options.polite && this.#colliding;
    if (this.#ignoringOffer) {
      // The other side should be answering ours; if it made itself a new connection meanwhile, it has lost it.
      this.resend(false);
      return;
    }
    const { type, sdp, exchange } = offer;
    await connection.setRemoteDescription({ type, sdp: withPauses(sdp) });
    if (this.#closed) return;
    await this.#flush();
    await this.#options.adopt();
    if (this.#closed) return;
    await connection.setLocalDescription();
    if (this.#closed) return;
    const said = this.#send(exchange);
    // Without a number a foreign page could not tell a second copy, so it gets none.
    if (said !== undefined && exchange !== undefined) {
      this.#options.exchanges.answer = { fingerprint: fingerprintOf(sdp), said };
    }
    this.#options.settled();
  }

  /** True for an offer that was answered before, by this connection or an older one of this link. */
  #repeats({ sdp, exchange }: Description): boolean {
    const { answer } = this.#options.exchanges;
    return exchange !== undefined && answer?.said.exchange !== undefined &&
      exchange <= answer.said.exchange && fingerprintOf(sdp) === answer.fingerprint;
  }

  async #flush(): Promise<void> {
    await this.takeCandidates(this.#early.splice(0));
  }

  /** Says the own description that holds now, as number `exchange`; returns what was said. */
  #send(exchange: number | undefined): Description | undefined {
    const description = this.#own(exchange);
    if (description !== undefined) this.#options.send({ kind: "description", description });
    return description;
  }

  #pendingOffer(): Description | undefined {
    if (this.#makingOffer || this.#connection.signalingState !== "have-local-offer") return;
    return this.#own(this.#exchange);
  }

  #own(exchange: number | undefined): Description | undefined {
    const { type, sdp } = this.#connection.localDescription ?? {};
    if (sdp === undefined || (type !== "offer" && type !== "answer")) return undefined;
    return exchange === undefined ? { type, sdp } : { type, sdp: withMark(sdp), exchange };
  }
}
