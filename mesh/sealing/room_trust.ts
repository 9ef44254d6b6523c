/**
 * Whom this page can trust in its room, and the secret it has. Invariants:
 * 1 A peer is `verified` only after it has opened and sealed with the keys of its hello; an alarm
 *   ends that, and lasts until the peer has another hello.
 * 2 In an open room nobody is verified, and there are no alarms.
 */
import type { PeerId } from "../../protocol/mod.ts";
import { Emitter } from "../emitter.ts";
import type { Alarm, Trust, TrustEvent } from "../events.ts";

const open: Trust = { kind: "open" };
const checking: Trust = { kind: "checking" };

/** The trust in each member of one room. */
export class RoomTrust extends Emitter<TrustEvent> {
  /** The certificate of all connections of a sealed room; undefined: the room is open. */
  certificate: RTCCertificate | undefined;
  readonly #trusts = new Map<PeerId, Trust>();
  readonly #fingerprints = new Map<PeerId, string>();
  #secret: string | undefined;

  /** The secret of the present link; undefined: the room is open. */
  get secret(): string | undefined {
    return this.#secret;
  }

  /** Whether this page talks to verified members only. */
  get isSealed(): boolean {
    return this.#secret !== undefined;
  }

  /** How far a peer can be trusted. */
  of(peerId: PeerId): Trust {
    return this.#trusts.get(peerId) ?? (this.isSealed ? checking : open);
  }

  /** Whether a peer may get what this page records, and its connections may carry anything. */
  admits(peerId: PeerId): boolean {
    const { kind } = this.of(peerId);
    return kind === "verified" || kind === "open";
  }

  /** The only certificate that a peer's connections may have; undefined: the room is open. */
  fingerprintOf(peerId: PeerId): string | undefined {
    return this.isSealed ? this.#fingerprints.get(peerId) ?? "" : undefined;
  }

  /** The room has this secret from now on. `by`: the owner who has changed it. */
  setSecret(secret: string | undefined, by?: PeerId): void {
    this.#secret = secret;
    this.emit({ type: "secret", secret, ...by !== undefined && { by } });
  }

  /** A peer has vouched for its certificate. */
  setFingerprint(peerId: PeerId, fingerprint: string): void {
    this.#fingerprints.set(peerId, fingerprint);
  }

  set(peerId: PeerId, trust: Trust): void {
    if (JSON.stringify(trust) === JSON.stringify(this.of(peerId))) return;
    this.#trusts.set(peerId, trust);
    this.emit({ type: "trust", peerId, trust });
  }

  /** Something happened that nobody honest does. */
  raise(peerId: PeerId, alarm: Alarm): void {
    if (this.isSealed && this.of(peerId).kind !== "alarm") {
      this.set(peerId, { kind: "alarm", alarm });
    }
  }

  forget(peerId: PeerId): void {
    this.#trusts.delete(peerId);
    this.#fingerprints.delete(peerId);
  }

  /** The visit is over. */
  reset(): void {
    this.#trusts.clear();
    this.#fingerprints.clear();
    this.#secret = undefined;
    this.certificate = undefined;
  }
}
