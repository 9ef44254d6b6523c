/**
 * W3C perfect negotiation over one connection. Invariants:
 * 1 Remote signals are handled one after the other, each to its end. So the rule's third fact, an
 *   answer being set, is never true when the next signal comes; the other two are `#makingOffer`
 *   and `#ignoringOffer`.
 * 2 Only an answer to the offer that is pending now, by state and by number, touches the
 *   connection.
 * 3 An offer that comes twice is answered twice, but applied once, even if a newer connection gets
 *   the second copy.
 * 4 An offer is sent again until it is answered: the socket may have been dead already.
 * 5 Nothing happens after close(), and no promise is left rejected.
 */
import type { Candidate, Description } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { NegotiationEvent } from "./link_event.ts";
import { withPauses } from "./opus.ts";
import { OwnCandidates, withMark } from "./own_candidates.ts";
import { connectionOf } from "./sdp_lines.ts";

/** What outlives a connection of a link: the count of own offers and the last numbered answer. */
export interface Exchanges {
  offers: number;
  /**
   * `connection` is the offerer's: it tells offers with the same number apart after a side counts
   * anew.
   */
  answer: { readonly connection: string | undefined; readonly sent: Description } | undefined;
}

interface NegotiationOptions {
  readonly connection: RTCPeerConnection;
  readonly clock: Clock;
  readonly polite: boolean;
  /** Whether the peer numbers its answers; second copies would confuse one that does not. */
  readonly numbered: boolean;
  readonly exchanges: Exchanges;
  /** Runs in have-remote-offer, before the answer is made. */
  readonly adopt: () => Promise<void>;
  readonly emit: (event: NegotiationEvent) => void;
}

/** Candidates may overtake their description; no honest peer sends more than this. */
const earlyMost = 256;
/** Before an offer is sent again, each time twice as long; milliseconds. */
const reminder = { first: 3_000, longest: 30_000 };

/** Offers and answers of one connection. */
export class Negotiation {
  readonly #options: NegotiationOptions;
  readonly #connection: RTCPeerConnection;
  readonly #early: Candidate[] = [];
  /** Those of this side. */
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

  /** A remote offer now would meet an own one. */
  get #colliding(): boolean {
    return this.#makingOffer || this.#connection.signalingState !== "stable";
  }

  /**
   * True if `description` cannot go into this connection but belongs to a new one: the peer has
   * made a new connection (its certificate differs), or both called each other at once and this
   * side yields, with nothing established that a rollback would have to keep.
   */
  outdatedBy(description: Description): boolean {
    const known = this.#connection.currentRemoteDescription;
    const foreign = known !== null && connectionOf(known.sdp) !== connectionOf(description.sdp);
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
    } catch {
      if (!this.#closed) this.#options.emit({ type: "broken" });
    } finally {
      this.#makingOffer = false;
    }
  }

  /** Replaces a pending offer by one that restarts ICE; false if none is pending. */
  renew(): boolean {
    const { signalingState } = this.#connection;
    if (this.#closed || this.#makingOffer || signalingState !== "have-local-offer") return false;
    this.#connection.restartIce();
    void this.offer();
    return true;
  }

  /** Handles a remote description; the link calls this and `handleCandidates` one at a time. */
  async handle(description: Description): Promise<void> {
    this.candidates.handleDescription(description.sdp);
    try {
      if (description.type === "answer") await this.#handleAnswer(description);
      else await this.#handleOffer(description);
    } catch {
      if (!this.#closed) this.#options.emit({ type: "broken" });
    }
    if (!this.#closed) this.candidates.flush();
  }

  async handleCandidates(candidates: readonly Candidate[]): Promise<void> {
    for (const candidate of candidates) {
      if (this.#closed || this.#ignoringOffer) return;
      if (this.#connection.remoteDescription === null) {
        if (this.#early.length < earlyMost) this.#early.push(candidate);
        continue;
      }
      try {
        await this.#connection.addIceCandidate(candidate);
      } catch {
        // It is of a description that was replaced meanwhile, or malformed; the other candidates
        // decide.
      }
    }
  }

  /**
   * Sends again what may have been lost: the last answer, the pending offer, and candidates while
   * `unconnected`. A peer that has received it before drops it.
   */
  resend(unconnected: boolean): void {
    if (this.#closed) return;
    for (const description of [this.#options.exchanges.answer?.sent, this.#pendingOffer()]) {
      this.#emitSignal(description, { again: true });
    }
    if (unconnected) this.candidates.resend();
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
    // An offer that is being made replaces the pending one.
    return !this.#makingOffer && this.#connection.signalingState === "have-local-offer" &&
      exchange === this.#exchange;
  }

  async #handleAnswer(answer: Description): Promise<void> {
    if (!this.#expects(answer)) return;
    const { type, sdp } = answer;
    // Later candidates belong to this answer, no longer to an offer that was ignored before it.
    this.#ignoringOffer = false;
    await this.#connection.setRemoteDescription({ type, sdp: withPauses(sdp) });
    if (this.#closed) return;
    await this.#flush();
    if (!this.#closed) this.#options.emit({ type: "settled" });
  }

  async #handleOffer(offer: Description): Promise<void> {
    const connection = this.#connection;
    // Its answer must have been lost, and what followed it ignored.
    if (this.#repeats(offer)) return this.resend(false);
    this.#ignoringOffer = !this.#options.polite && this.#colliding;
    if (this.#ignoringOffer) {
      // The other side should answer the own offer; if it made a new connection meanwhile, it has
      // lost that offer.
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
    const sent = this.#send(exchange);
    // Without a number, a page could not recognize a second copy, so it gets none.
    if (sent !== undefined && exchange !== undefined) {
      this.#options.exchanges.answer = { connection: connectionOf(sdp), sent };
    }
    this.#options.emit({ type: "settled" });
  }

  /** True for an offer that this connection, or an older one of the link, has answered before. */
  #repeats({ sdp, exchange }: Description): boolean {
    const { answer } = this.#options.exchanges;
    return exchange !== undefined && answer?.sent.exchange !== undefined &&
      exchange <= answer.sent.exchange && connectionOf(sdp) === answer.connection;
  }

  async #flush(): Promise<void> {
    await this.handleCandidates(this.#early.splice(0));
  }

  /** Sends the own description that holds now, as number `exchange`; returns it. */
  #send(exchange: number | undefined): Description | undefined {
    const description = this.#own(exchange);
    this.#emitSignal(description, { again: false });
    return description;
  }

  #emitSignal(description: Description | undefined, { again }: { readonly again: boolean }): void {
    if (description === undefined) return;
    this.#options.emit({ type: "signal", signal: { kind: "description", description }, again });
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
