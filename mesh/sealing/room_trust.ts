/**
 * Whom this page can trust in its room, and the secret it has. Invariants:
 * 1 A peer is `verified` only after it has opened and sealed with the keys of its hello; an alarm
 *   ends that, and lasts until the peer has another hello.
 * 2 In an open room nobody is verified, and there are no alarms.
 */
import type { PeerId } from "../../protocol/mod.ts";
import { Emitter } from "../emitter.ts";
import type { Alarm, Trust, TrustEvent } from "../events.ts";

/** What a sealed room knows of its members. An open room loads nothing of its code. */
export interface SealedSide {
  /** That of all connections of this page. */
  readonly certificate: RTCCertificate | undefined;
  readonly talk: MemberTalk;
  /** Whether an SDP connects to the peer, and to nobody else. */
  isBound(peerId: PeerId, sdp: string): boolean;
  /** Whether a certificate (X.509, DER) is the one that the peer has vouched for. */
  hasCertificate(peerId: PeerId, certificate: ArrayBuffer): Promise<boolean>;
}

/** What verified members tell each other over their links; see trust_talk.ts. */
export interface MemberTalk {
  /** SHA-256 of the identity key of this browser, hexadecimal; undefined: not known. */
  readonly selfIdentity: string | undefined;
  words(peerId: PeerId): readonly number[] | undefined;
  identity(peerId: PeerId): string | undefined;
  viewsDiffer(peerId: PeerId): boolean;
  /** The link to a member can carry messages. */
  opened(peerId: PeerId): void;
  /** The link to a member carries nothing now. */
  lost(peerId: PeerId): void;
  /** A member has sent a message, which is not checked yet. */
  receive(peerId: PeerId, message: unknown): void;
  /** Members, or what is known about them, have changed. */
  changed(): void;
}

const open: Trust = { kind: "open" };
const checking: Trust = { kind: "checking" };

/** The trust in each member of one room. */
export class RoomTrust extends Emitter<TrustEvent> {
  /** Undefined: the room is open. */
  sealed: SealedSide | undefined;
  /** Sends a message over the link to a member, if it has one now. */
  sendOverLink: (peerId: PeerId, message: unknown) => void = () => {};
  readonly #trusts = new Map<PeerId, Trust>();
  #secret: string | undefined;

  /** The secret of the present link; undefined: the room is open. */
  get secret(): string | undefined {
    return this.#secret;
  }

  /** How far a peer can be trusted. */
  of(peerId: PeerId): Trust {
    return this.#trusts.get(peerId) ?? (this.#secret === undefined ? open : checking);
  }

  /** The safety words with a peer, seven numbers from 0 to 63; undefined: not known yet. */
  words(peerId: PeerId): readonly number[] | undefined {
    return this.sealed?.talk.words(peerId);
  }

  /** SHA-256 of the identity key that a peer has proved; undefined: none yet. */
  identity(peerId: PeerId): string | undefined {
    return this.sealed?.talk.identity(peerId);
  }

  /** Whether a peer and this page have seen other members for some time. */
  viewsDiffer(peerId: PeerId): boolean {
    return this.sealed?.talk.viewsDiffer(peerId) ?? false;
  }

  /** Whether a peer may get what this page records, and its connections may carry anything. */
  admits(peerId: PeerId): boolean {
    const { kind } = this.of(peerId);
    return kind === "verified" || kind === "open";
  }

  /** The room has this secret from now on. `by`: the owner who has changed it. */
  setSecret(secret: string | undefined, by?: PeerId): void {
    this.#secret = secret;
    this.emit({ type: "secret", secret, ...by !== undefined && { by } });
  }

  set(peerId: PeerId, trust: Trust): void {
    if (JSON.stringify(trust) === JSON.stringify(this.of(peerId))) return;
    this.#trusts.set(peerId, trust);
    this.emit({ type: "trust", peerId, trust });
  }

  /** Something happened that nobody honest does. */
  raise(peerId: PeerId, alarm: Alarm): void {
    const { kind } = this.of(peerId);
    if (kind !== "open" && kind !== "alarm") this.set(peerId, { kind: "alarm", alarm });
  }

  forget(peerId: PeerId): void {
    this.#trusts.delete(peerId);
  }

  /** The visit is over. */
  reset(): void {
    this.#trusts.clear();
    this.#secret = this.sealed = undefined;
  }
}
