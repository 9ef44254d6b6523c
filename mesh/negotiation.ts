/**
 * W3C perfect negotiation over one connection. Invariants:
 * 1 Remote signals are taken one after the other, each to its end; so the rule's third fact, an answer being set, is
 *   never true when the next signal is looked at. The other two are `#makingOffer` and `#ignoringOffer`.
 * 2 Only an answer to the offer that is pending now, by state and by number, touches the connection.
 * 3 An offer that comes twice is answered twice, but applied once.
 * 4 Nothing happens after close(); no promise of ours is left rejected.
 */
import type { Candidate, Description, Signal } from "../protocol/mod.ts";

interface NegotiationOptions {
  readonly connection: RTCPeerConnection;
  readonly polite: boolean;
  /** The number of the next offer; counts over all connections of a link. */
  readonly nextExchange: () => number;
  readonly send: (signal: Signal) => void;
  /** Runs in have-remote-offer, before the answer is made. */
  readonly adopt: () => Promise<void>;
  /** A round is complete. */
  readonly settled: () => void;
  /** The connection refused a description. */
  readonly broken: (cause: unknown) => void;
}

/** Candidates may overtake their description; a peer that sends more than this sends nonsense. */
const earlyMost = 256;

/** Offers and answers of one connection. */
export class Negotiation {
  readonly #options: NegotiationOptions;
  readonly #connection: RTCPeerConnection;
  readonly #early: Candidate[] = [];
  readonly #sentCandidates: Candidate[] = [];
  #makingOffer = false;
  #ignoringOffer = false;
  #closed = false;
  /** Number of the own offer that is, or was last, pending. */
  #exchange = 0;
  /** Number of the last remote offer that was answered here; foreign offers carry none. */
  #answered: number | undefined;

  constructor(options: NegotiationOptions) {
    this.#options = options;
    this.#connection = options.connection;
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
    const foreign = known !== null && fingerprint(known.sdp) !== fingerprint(description.sdp);
    if (description.type === "answer") return foreign && this.#expects(description);
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
    this.#sentCandidates.length = 0;
    try {
      await this.#connection.setLocalDescription();
      if (this.#closed || this.#connection.localDescription?.type !== "offer") return;
      this.#exchange = this.#options.nextExchange();
      this.#sendOffer();
    } catch (cause) {
      if (!this.#closed) this.#options.broken(cause);
    } finally {
      this.#makingOffer = false;
    }
  }

  /** Takes a remote description; the owner calls this and `takeCandidate` one at a time. */
  async take(description: Description): Promise<void> {
    try {
      if (description.type === "answer") await this.#takeAnswer(description);
      else await this.#takeOffer(description);
    } catch (cause) {
      if (!this.#closed) this.#options.broken(cause);
    }
  }

  async takeCandidate(candidate: Candidate): Promise<void> {
    if (this.#closed || this.#ignoringOffer) return;
    if (this.#connection.remoteDescription === null) {
      if (this.#early.length < earlyMost) this.#early.push(candidate);
      return;
    }
    try {
      await this.#connection.addIceCandidate(candidate);
    } catch {
      // Of a description that has been replaced meanwhile, or nonsense: either way the others decide.
    }
  }

  sendCandidate(candidate: Candidate): void {
    this.#sentCandidates.push(candidate);
    this.#options.send({ kind: "candidate", candidate });
  }

  /**
   * Says again what may have been lost: the answer of the last round, the pending offer, and candidates while
   * `unconnected`. Whoever has heard it all drops it all.
   */
  resend(unconnected: boolean): void {
    if (this.#closed) return;
    const { currentLocalDescription, signalingState } = this.#connection;
    // Not to a foreign page: without a number it could not tell a second copy.
    if (currentLocalDescription?.type === "answer" && this.#answered !== undefined) {
      this.#send(currentLocalDescription, this.#answered);
    }
    if (signalingState === "have-local-offer" && !this.#makingOffer) this.#sendOffer();
    if (!unconnected) return;
    for (const candidate of this.#sentCandidates) {
      this.#options.send({ kind: "candidate", candidate });
    }
  }

  close(): void {
    this.#closed = true;
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
    await this.#connection.setRemoteDescription({ type, sdp });
    if (this.#closed) return;
    await this.#flush();
    if (!this.#closed) this.#options.settled();
  }

  async #takeOffer({ type, sdp, exchange }: Description): Promise<void> {
    const connection = this.#connection;
    if (this.#repeats(exchange)) return;
    this.#ignoringOffer = !this.#options.polite && this.#colliding;
    if (this.#ignoringOffer) {
      // The other side should be answering ours; if it made itself a new connection meanwhile, it has lost it.
      this.resend(false);
      return;
    }
    await connection.setRemoteDescription({ type, sdp });
    if (this.#closed) return;
    await this.#flush();
    await this.#options.adopt();
    if (this.#closed) return;
    await connection.setLocalDescription();
    if (this.#closed) return;
    this.#answered = exchange;
    this.#send(connection.localDescription, exchange);
    this.#options.settled();
  }

  /** True for an offer that was answered before: its answer must have been lost, and what followed it ignored. */
  #repeats(exchange: number | undefined): boolean {
    if (exchange === undefined || exchange > (this.#answered ?? -1)) return false;
    if (exchange === this.#answered) this.resend(false);
    return true;
  }

  async #flush(): Promise<void> {
    for (const candidate of this.#early.splice(0)) await this.takeCandidate(candidate);
  }

  #sendOffer(): void {
    this.#send(this.#connection.localDescription, this.#exchange);
  }

  #send(description: RTCSessionDescription | null, exchange: number | undefined): void {
    if (description === null) return;
    const { type, sdp } = description;
    if (type !== "offer" && type !== "answer") return;
    this.#options.send({
      kind: "description",
      description: exchange === undefined ? { type, sdp } : { type, sdp, exchange },
    });
  }
}

/** The certificate a description speaks for; every connection object makes its own. */
function fingerprint(sdp: string): string | undefined {
  return /^a=fingerprint:(.*?)\s*$/m.exec(sdp)?.[1];
}
